#!/usr/bin/env node
'use strict';
// Written for any Node since 10: it must live long enough to say that it is too old.
const path = require('path');

const WANTED = [22, 12];
const BUILT = '../../dist/cli/cli.cjs';

function isNewEnough(version) {
  const parts = version.split('.').map(Number);
  return parts[0] > WANTED[0] || (parts[0] === WANTED[0] && parts[1] >= WANTED[1]);
}

/** A Node of the right age that was installed beside Rekey (the npm package `node`). */
function nodeBeside() {
  try {
    return require.resolve('node/bin/node', { paths: [path.join(__dirname, '..', '..')] });
  } catch {
    return undefined;
  }
}

function runWith(node) {
  const args = [__filename].concat(process.argv.slice(2));
  const child = require('child_process').spawn(node, args, { stdio: 'inherit' });
  // Ctrl-C reaches both processes by itself; this one only has to outlive it.
  process.on('SIGINT', () => undefined);
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', refuse);
  child.on('exit', (code) => process.exit(code === null ? 70 : code));
}

function refuse() {
  complain(`Rekey needs Node ${WANTED.join('.')} or newer; this is Node ${process.versions.node}.`, 2);
}

function complain(sentence, code) {
  process.stderr.write(`rekey: ${sentence}\n`, () => process.exit(code));
}

function start() {
  // Beside the code, not in the shared temporary folder: whoever writes a cache decides what Rekey runs.
  require('module').enableCompileCache(path.join(__dirname, '..', '..', 'dist', 'cache'));
  try {
    require.resolve(BUILT);
  } catch {
    return complain('Rekey is not built yet. Run npm run build:cli.', 70);
  }
  return require(BUILT);
}

const beside = isNewEnough(process.versions.node) ? undefined : nodeBeside();
if (isNewEnough(process.versions.node)) start();
else if (beside) runWith(beside);
else refuse();
