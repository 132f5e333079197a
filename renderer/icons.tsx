import type { ReactNode } from 'react';

/** One drawn sign, 20 px, stroke 1.5; it always stands beside its word or inside a named control. */
function Icon({ children }: { readonly children: ReactNode }) {
  return (
    <svg className="icon" viewBox="0 0 20 20" width="20" height="20" aria-hidden="true" focusable="false">
      {children}
    </svg>
  );
}

export const EyeIcon = () => (
  <Icon>
    <path d="M2.5 10S5.2 4.9 10 4.9 17.5 10 17.5 10 14.8 15.1 10 15.1 2.5 10 2.5 10Z" />
    <circle cx="10" cy="10" r="2.4" />
  </Icon>
);

export const EyeOffIcon = () => (
  <Icon>
    <path d="M4.4 7.2C3.1 8.5 2.5 10 2.5 10S5.2 15.1 10 15.1c1.3 0 2.5-.4 3.5-1" />
    <path d="M7.6 5.3c.8-.3 1.6-.4 2.4-.4 4.8 0 7.5 5.1 7.5 5.1s-.6 1.2-1.8 2.5" />
    <path d="m3.5 3.5 13 13" />
  </Icon>
);

export const HistoryIcon = () => (
  <Icon>
    <path d="M3.6 7.6A6.9 6.9 0 1 1 3.1 10" />
    <path d="M3.2 3.9v3.8H7M10 6.3V10l2.6 1.7" />
  </Icon>
);

export const HelpIcon = () => (
  <Icon>
    <circle cx="10" cy="10" r="7" />
    <path d="M8 8.1c.1-1.1.9-1.8 2-1.8s2 .7 2 1.7c0 1.5-2 1.6-2 3.1" />
    <path d="M10 13.5v.1" />
  </Icon>
);

export const SystemIcon = () => (
  <Icon>
    <circle cx="10" cy="10" r="6.5" />
    <path className="solid" d="M10 3.5a6.5 6.5 0 0 1 0 13Z" />
  </Icon>
);

export const SunIcon = () => (
  <Icon>
    <circle cx="10" cy="10" r="3.2" />
    <path d="M10 2.5v1.7M10 15.8v1.7M2.5 10h1.7M15.8 10h1.7M4.7 4.7l1.2 1.2M14.1 14.1l1.2 1.2M4.7 15.3l1.2-1.2M14.1 5.9l1.2-1.2" />
  </Icon>
);

export const MoonIcon = () => (
  <Icon>
    <path d="M16.3 12A6.7 6.7 0 0 1 8 3.7 6.7 6.7 0 1 0 16.3 12Z" />
  </Icon>
);

export const ChevronIcon = () => (
  <Icon>
    <path d="m6 8 4 4 4-4" />
  </Icon>
);

export const ShieldIcon = () => (
  <Icon>
    <path d="M10 2.7 4 5v4.4c0 3.7 2.5 6.4 6 7.9 3.5-1.5 6-4.2 6-7.9V5Z" />
    <path d="m7.5 9.9 1.8 1.8 3.3-3.4" />
  </Icon>
);

export const NoticeIcon = () => (
  <Icon>
    <path d="M10 3.2 2.9 15.8h14.2Z" />
    <path d="M10 8.2v3.4M10 13.6v.1" />
  </Icon>
);
