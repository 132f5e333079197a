#!/usr/bin/env node
'use strict';
// Written for any Node, however old: it must live long enough to say that it is too old.
var path = require('path');

var WANTED = [22, 12];

function isNewEnough(version) {
  var parts = version.split('.').map(Number);
  return parts[0] > WANTED[0] || (parts[0] === WANTED[0] && parts[1] >= WANTED[1]);
}

/** A Node of the right age that was installed beside Rekey (the npm package `node`). */
function nodeBeside() {
  try {
    return require.resolve('node/bin/node', { paths: [path.join(__dirname, '..', '..')] });
  } catch (error) {
    return undefined;
  }
}

function runWith(node) {
  var child = require('child_process').spawn(node, [__filename].concat(process.argv.slice(2)), {
    stdio: 'inherit',
  });
  ['SIGINT', 'SIGTERM', 'SIGHUP'].forEach(function (signal) {
    process.on(signal, function () {
      // The terminal sends Ctrl-C to both processes; the others reach only this one.
      if (signal !== 'SIGINT') child.kill(signal);
    });
  });
  child.on('error', refuse);
  child.on('exit', function (code, signal) {
    process.exit(signal === null ? code : 70);
  });
}

function refuse() {
  console.error(
    'rekey: Rekey needs Node ' + WANTED.join('.') + ' or newer; this is Node ' + process.versions.node + '.',
  );
  process.exit(2);
}

function start() {
  var enableCompileCache = require('module').enableCompileCache;
  if (enableCompileCache) enableCompileCache();
  try {
    require('../../dist/cli/cli.cjs');
  } catch (error) {
    if (error.code !== 'MODULE_NOT_FOUND') throw error;
    console.error('rekey: Rekey is not built yet. Run npm run build:cli.');
    process.exit(70);
  }
}

if (isNewEnough(process.versions.node)) start();
else if (nodeBeside()) runWith(nodeBeside());
else refuse();
