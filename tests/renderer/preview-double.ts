import { RekeyDouble } from '../doubles/rekey-api.ts';

const scene = new URLSearchParams(location.search);

/** The address may set the scene: `?empty`, `?unfinished`, `?pace=300`, `?closes=9`. */
Object.defineProperty(window, 'rekey', {
  value: new RekeyDouble({
    pace: Number(scene.get('pace') ?? 0),
    closesAfter: Number(scene.get('closes') ?? 2),
    empty: scene.has('empty'),
    unfinished: scene.has('unfinished'),
  }),
});
