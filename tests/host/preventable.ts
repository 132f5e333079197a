/** An event that a listener may turn down. */
export class Preventable {
  readonly url: string;
  readonly isMainFrame = true;
  defaultPrevented = false;

  constructor(url = '') {
    this.url = url;
  }

  preventDefault(): void {
    this.defaultPrevented = true;
  }
}
