import type { GuideFields, GuideId } from '../guides.ts';
import { fill } from './explain.ts';
import type { Messages } from './messages.ts';

/** The numbered steps of a guide for one place; a place without a server is told by its login. */
export function guideSteps({ guides }: Messages, id: GuideId, fields: GuideFields): readonly string[] {
  const { program, where, host, login } = fields;
  return guides[id].map((step) => fill(step, { program, where, login, host: host === '' ? login : host }));
}
