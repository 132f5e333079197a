import { once } from 'node:events';
import http from 'node:http';

/** A web server on loopback that keeps the credentials of HTTP Basic (RFC 7617), byte for byte, and lets all in. */
export class HttpBasicStub implements AsyncDisposable {
  readonly #seen: Buffer[] = [];
  readonly #server = http.createServer((request, response) => {
    const [, blob] = /^Basic (.*)$/.exec(request.headers.authorization ?? '') ?? [];
    if (blob !== undefined) this.#seen.push(Buffer.from(blob, 'base64'));
    response.end();
  });

  static async listen(): Promise<HttpBasicStub> {
    const stub = new HttpBasicStub();
    stub.#server.listen(0, '127.0.0.1');
    await once(stub.#server, 'listening');
    return stub;
  }

  get url(): string {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('not listening');
    return `http://127.0.0.1:${address.port}/`;
  }

  /** Takes out what was seen so far, as `user:password`. */
  drain(): readonly string[] {
    return this.#seen.splice(0).map((bytes) => bytes.toString());
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.close();
    this.#server.closeAllConnections();
    await once(this.#server, 'close');
  }
}
