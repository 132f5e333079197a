import type { UsageFault } from '../../shared/messages/command-line.ts';
import { fail, type Result } from '../../shared/problem.ts';

/**
 * A call that Rekey does not understand: exit 2. `about` is an option's or a variable's own name as Rekey spells
 * it, never anything that was typed.
 */
export const misuse = (fault: UsageFault, about?: string): Extract<Result<never>, { ok: false }> =>
  fail('usage', about, fault);
