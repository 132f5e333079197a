import { spawnSync } from 'node:child_process';

/**
 * npm leaves out optional packages whose `engines` its own Node does not meet, and the bundler's and the linter's
 * native parts are such packages. Where an old system Node ran `npm ci`, the install is completed with the Node that
 * came with it (the npm package `node`), which is the one that runs this file.
 */
if (!(await bundlerLoads())) completeInstall();

async function bundlerLoads(): Promise<boolean> {
  try {
    await import('rolldown');
    return true;
  } catch {
    return false;
  }
}

function completeInstall(): void {
  const npm = process.env['npm_execpath'];
  if (npm === undefined) throw new Error('run this through npm');
  console.log(`Completing the install with Node ${process.versions.node} ...`);
  const options = ['--no-save', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel', 'error'];
  const { status } = spawnSync(process.execPath, [npm, 'install', ...options], { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
