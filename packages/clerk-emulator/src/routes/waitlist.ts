import { Hono } from 'hono';
import type { Env } from '../context.ts';
import type { Core } from '../core.ts';
import { normalizeEmailAddress } from '../flows/email-address.ts';
import { readForm } from '../form.ts';
import { generateId } from '../state/ids.ts';

/** The waitlist. Its answer has no envelope, and an address that is on it already keeps its entry. */
export function waitlistRoutes(core: Core): Hono<Env> {
  return new Hono<Env>().post('/waitlist', async (c) => {
    const emailAddress = normalizeEmailAddress(
      (await readForm(c)).required('email_address'),
      'email_address',
    );
    const id = core.waitlist.get(emailAddress) ?? generateId('wle');
    core.waitlist.set(emailAddress, id);
    return c.json({ object: 'waitlist_entry', id });
  });
}
