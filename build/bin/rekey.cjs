#!/usr/bin/env node
'use strict';
// Written for any Node since 10: it must live long enough to say that it is too old.
const fs = require('fs');
const { wrap } = require('module');
const path = require('path');
const vm = require('vm');

const WANTED = [22, 12];
const BUILT = path.join(__dirname, '..', '..', 'dist', 'cli');
const ENTRY = 'cli.cjs';

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

const chunks = new Map();

/**
 * What a chunk of the bundle exports. Node's `require` cannot take the compiled code that the build left beside each
 * chunk; made by another version of Node, it is not used and the start takes longer.
 */
function load(name) {
  const known = chunks.get(name);
  if (known) return known.exports;
  const chunk = { exports: {} };
  chunks.set(name, chunk);
  const filename = path.join(BUILT, name);
  const script = new vm.Script(wrap(fs.readFileSync(filename, 'utf8')), {
    filename,
    cachedData: fs.readFileSync(`${filename}.cache`),
  });
  script.runInThisContext()(chunk.exports, requireFrom, chunk, filename, BUILT);
  return chunk.exports;
}

const requireFrom = (id) => (id.startsWith('./') ? load(id.slice(2)) : require(id));

function start() {
  if (fs.existsSync(path.join(BUILT, `${ENTRY}.cache`))) load(ENTRY);
  else complain('Rekey is not built yet. Run npm run build:cli.', 70);
}

const beside = isNewEnough(process.versions.node) ? undefined : nodeBeside();
if (isNewEnough(process.versions.node)) start();
else if (beside) runWith(beside);
else refuse();
