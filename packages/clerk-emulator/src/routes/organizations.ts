import { Hono } from 'hono';
import { type Env, enveloped } from '../context.ts';
import type { Core } from '../core.ts';
import { expectMe } from '../flows/me.ts';

const LISTS = ['memberships', 'invitations', 'suggestions'].map((name) => `/me/organization_${name}`);

/** The lists that Clerk's organization components ask for when they mount; nobody belongs to an organization here. */
export function organizationRoutes(core: Core): Hono<Env> {
  return new Hono<Env>().on(['GET'], LISTS, (c) => {
    expectMe(c, core);
    return enveloped(c, core, { data: [], total_count: 0 });
  });
}
