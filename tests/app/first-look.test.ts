import { expect, test } from 'vitest';
import { FirstLook } from '../../electron/app/first-look.ts';

test('the early look is for the first who asks, and everybody else looks again', async () => {
  let looks = 0;
  const first = new FirstLook(async () => (looks += 1));
  first.begin();
  first.begin();
  expect(looks).toBe(1);
  expect(await first.take()).toBe(1);
  expect(await first.take()).toBe(2);
});

test('nobody has to begin', async () => {
  expect(await new FirstLook(async () => 'seen').take()).toBe('seen');
});

test('what goes wrong early is told to whoever asks, once', async () => {
  let broken = true;
  const first = new FirstLook(async () => {
    if (broken) throw new Error('a bug');
    return 'seen';
  });
  first.begin();
  await expect(first.take()).rejects.toThrow('a bug');
  broken = false;
  expect(await first.take()).toBe('seen');
});
