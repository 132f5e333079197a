import { z } from 'zod';

const isRequest = z.object({
  requestId: z.string(),
  request: z.object({ url: z.string(), method: z.string() }),
  resourceType: z.string(),
  frameId: z.string(),
});

/** The events of the DevTools protocol that a page listens to, as far as their content matters. */
export const PAGE_EVENTS = {
  'Runtime.executionContextCreated': z.object({
    context: z.object({ id: z.number(), name: z.string(), auxData: z.object({ frameId: z.string() }) }),
  }),
  'Runtime.bindingCalled': z.object({
    name: z.string(),
    payload: z.string(),
    executionContextId: z.number(),
  }),
  'Page.frameNavigated': z.object({ frame: z.object({ id: z.string(), url: z.string() }) }),
  'Page.windowOpen': z.object({ url: z.string() }),
  'Fetch.requestPaused': isRequest,
} as const;

export type Paused = z.infer<typeof isRequest>;

export const FROM_PAGE = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('invoke'), id: z.number(), channel: z.string(), args: z.string() }),
  z.object({ kind: z.literal('preload-error'), message: z.string() }),
]);

/** An expression that threw has no value. */
export const EVALUATED = z.object({ result: z.object({ value: z.unknown().optional() }) });

export const ATTACHED = z.object({
  sessionId: z.string(),
  targetInfo: z.object({ targetId: z.string(), url: z.string(), openerId: z.string().optional() }),
});

export const DETACHED = z.object({ sessionId: z.string() });
