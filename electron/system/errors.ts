import { problem, type Problem, type Result } from '../../shared/problem.ts';

/** The Problem for an error of the operating system on a path; anything else is a bug and is thrown on. */
export function fileProblem(error: unknown, path: string): Problem {
  const code = codeOf(error);
  switch (code) {
    case 'EACCES':
    case 'EPERM':
      return problem('access-denied', path, code);
    case 'EROFS':
      return problem('read-only', path, code);
    case 'ENOSPC':
    case 'EDQUOT':
      return problem('disk-full', path, code);
    case undefined:
      throw error;
    default:
      return problem('write-failed', path, code);
  }
}

/** Runs one file operation; errors of the operating system become Problems. */
export function attempt<T>(path: string, operation: () => T): Result<T> {
  try {
    return { ok: true, value: operation() };
  } catch (error) {
    return { ok: false, problem: fileProblem(error, path) };
  }
}

/** The error code of the operating system (`ENOENT`), if the error carries one. */
export function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
