import type { ReactNode } from 'react';
import { NoticeIcon, ShieldIcon } from './icons.tsx';

export type BandTone = 'calm' | 'warning';

const ICONS = { calm: ShieldIcon, warning: NoticeIcon } as const;

interface BandProps {
  readonly tone: BandTone;
  readonly title: string;
  readonly children?: ReactNode;
  /** True where it appears by itself and has to be read out. */
  readonly live?: boolean;
  readonly id?: string;
}

/** One calm statement above the screen's question. */
export function Band({ tone, title, children, live = false, id }: BandProps) {
  const Icon = ICONS[tone];
  return (
    <section id={id} className="band" data-tone={tone} {...(live ? { role: 'status' } : {})}>
      <Icon />
      <div className="band-text">
        <p className="band-title">{title}</p>
        {children}
      </div>
    </section>
  );
}
