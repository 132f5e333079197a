/** A frame as `ipcMain` shows the sender of a call. */
export interface FrameDouble {
  readonly origin: string;
  readonly parent: FrameDouble | null;
}

/** The contents of a window that shows the page; remembers what it was sent. */
export class PageDouble {
  readonly mainFrame: FrameDouble = { origin: 'app://rekey', parent: null };
  readonly sent: (readonly [channel: string, message: unknown])[] = [];
  destroyed = false;

  isDestroyed(): boolean {
    return this.destroyed;
  }

  send(channel: string, message: unknown): void {
    this.sent.push([channel, message]);
  }
}
