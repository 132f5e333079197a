import { once } from 'node:events';
import fs from 'node:fs';
import net from 'node:net';
import { expect, test } from 'vitest';
import { listeningSockets } from '../../electron/system/sockets.ts';
import { scratch } from '../doubles/engine.ts';

test.runIf(process.platform === 'linux')(
  'a socket is known while somebody listens on it, whatever lies on the disk',
  async () => {
    using home = scratch();
    const path = home.path('program socket');
    const isKnown = (): boolean => listeningSockets(home.path('.')).includes(path);
    expect(isKnown()).toBe(false);
    const server = net.createServer().listen(path);
    await once(server, 'listening');
    expect(isKnown()).toBe(true);
    fs.renameSync(path, `${path}.moved`);
    expect(isKnown()).toBe(true);
    server.close();
    await once(server, 'close');
    home.write('program socket', '');
    expect(isKnown()).toBe(false);
  },
);
