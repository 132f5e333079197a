import type { Bytes, Letter } from '../engine/ports.ts';

/**
 * The message as it is sent (RFC 5322, RFC 2045): plain text, marked as generated so that nobody's vacation notice
 * answers it (RFC 3834 section 5). It says nothing about this computer.
 */
export async function composed({ address, id, at, subject, text }: Letter): Promise<Bytes> {
  const { default: Composer } = await import('nodemailer/lib/mail-composer');
  const letter = new Composer({
    from: address,
    to: address,
    subject,
    text,
    date: at,
    messageId: id,
    headers: { 'Auto-Submitted': 'auto-generated' },
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return letter.compile().build();
}
