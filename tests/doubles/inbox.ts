import type { IpcMainInvokeEvent, WebContents } from 'electron';
import type { Calls } from '../../electron/app/calls.ts';
import { answerCalls } from '../../electron/ipc.ts';
import { PageDouble, type FrameDouble } from './page.ts';

type Listener = (event: IpcMainInvokeEvent, ...args: unknown[]) => unknown;

/** `ipcMain` with the app behind it, and the page in front. */
export interface Inbox {
  readonly page: PageDouble;
  /** The names that have a listener. */
  readonly channels: readonly string[];
  /** What the listener of this name gives for a call of the page's own frame; undefined where there is none. */
  call(name: string, ...args: readonly unknown[]): unknown;
  callFrom(sender: PageDouble, frame: FrameDouble | null, name: string, ...args: readonly unknown[]): unknown;
}

/** Registers the app's calls as main does. */
export function openInbox(calls: Calls): Inbox {
  const listeners = new Map<string, Listener>();
  const page = new PageDouble();
  const inbox = { handle: (channel: string, listener: Listener) => void listeners.set(channel, listener) };
  answerCalls(inbox, calls, page as unknown as WebContents);
  const callFrom: Inbox['callFrom'] = (sender, frame, name, ...args) =>
    listeners.get(name)?.({ sender, senderFrame: frame } as unknown as IpcMainInvokeEvent, ...args);
  return {
    page,
    channels: [...listeners.keys()],
    callFrom,
    call: (name, ...args) => callFrom(page, page.mainFrame, name, ...args),
  };
}

/** Senders that are not our page: who, and the pair that `ipcMain` would show. */
export const STRANGERS: readonly (readonly [
  who: string,
  from: (page: PageDouble) => readonly [PageDouble, FrameDouble | null],
])[] = [
  ['another window', () => [new PageDouble(), new PageDouble().mainFrame]],
  ['a frame in the page', (page) => [page, { ...page.mainFrame, parent: page.mainFrame }]],
  ['another origin', (page) => [page, { ...page.mainFrame, origin: 'https://rekey' }]],
  ['an origin that begins like ours', (page) => [page, { ...page.mainFrame, origin: 'app://rekey.example' }]],
  ['a frame that has gone', (page) => [page, null]],
];
