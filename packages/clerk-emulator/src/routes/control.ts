import { Hono } from 'hono';
import { type Env, logFailure } from '../context.ts';
import { done, readJson } from '../control-answers.ts';
import { ControlError } from '../control-input.ts';
import type { Core } from '../core.ts';
import { controlGate } from '../middleware/control-gate.ts';
import type {
  EmulatorControl,
  Fault,
  NewSignInToken,
  NewUser,
  SettingsPatch,
  TokenTemplate,
  UserPatch,
} from '../types.ts';
import { webhookControlRoutes } from './control-webhooks.ts';

/** The control surface over HTTP, under `/__emulator`; every call answers JSON. */
export function controlRoutes(core: Core, control: EmulatorControl): Hono<Env> {
  const routes = new Hono<Env>({ strict: false })
    .use(controlGate(core.url))
    .post('/reset', (c) => done(c, control.reset()))
    .post('/users', async (c) => c.json(await control.createUser(await readJson<NewUser>(c)), 201))
    .patch('/users/:id', async (c) =>
      done(c, control.updateUser(c.req.param('id'), await readJson<UserPatch>(c))),
    )
    .delete('/users/:id', (c) => done(c, control.deleteUser(c.req.param('id'))))
    .get('/sessions', async (c) => c.json(await control.listSessions(c.req.query())))
    .post('/sessions/:id/revoke', (c) => done(c, control.revokeSession(c.req.param('id'))))
    .post('/sessions/:id/end', (c) => done(c, control.endSession(c.req.param('id'))))
    .put('/sessions/:id/actor', async (c) => done(c, control.setActor(c.req.param('id'), await readJson(c))))
    .get('/mail/:emailAddress', async (c) => c.json(await control.lastMail(c.req.param('emailAddress'))))
    .post('/faults', async (c) => c.json(await control.addFault(await readJson<Fault>(c)), 201))
    .delete('/faults', (c) => done(c, control.clearFaults()))
    .get('/requests', async (c) => c.json(await control.requests()))
    .delete('/requests', (c) => done(c, control.clearRequests()))
    .patch('/settings', async (c) => done(c, control.configure(await readJson<SettingsPatch>(c))))
    .post('/templates', async (c) => done(c, control.createTemplate(await readJson<TokenTemplate>(c))))
    .post('/sign_in_tokens', async (c) =>
      c.json(await control.createSignInToken(await readJson<NewSignInToken>(c)), 201),
    )
    .post('/invitations', async (c) => c.json(await control.createInvitation(await readJson(c)), 201))
    .get('/waitlist', async (c) => c.json(await control.listWaitlist()))
    .route('/', organizationControlRoutes(control))
    .route('/', webhookControlRoutes(control))
    .all('*', (c) => {
      throw new ControlError(
        `${c.req.method} ${c.req.path} is not a control call; see the README of clerk-emulator.`,
        404,
      );
    });
  return routes.onError((error, c) => {
    if (error instanceof ControlError) return c.json({ error: error.message }, error.status);
    logFailure(c, core, error);
    return c.json({ error: `Internal failure: ${error.message}` }, 500);
  });
}

function organizationControlRoutes(control: EmulatorControl): Hono<Env> {
  return new Hono<Env>({ strict: false })
    .post('/organizations', async (c) => c.json(await control.createOrganization(await readJson(c)), 201))
    .get('/organizations', async (c) => c.json(await control.listOrganizations()))
    .patch('/organizations/:id', async (c) =>
      done(c, control.updateOrganization(c.req.param('id'), await readJson(c))),
    )
    .delete('/organizations/:id', (c) => done(c, control.deleteOrganization(c.req.param('id'))))
    .put('/organizations/:id/memberships', async (c) =>
      done(c, control.setMembership(c.req.param('id'), await readJson(c))),
    )
    .delete('/organizations/:id/memberships/:userId', (c) =>
      done(c, control.removeMembership(c.req.param('id'), c.req.param('userId'))),
    )
    .post('/organization_invitations', async (c) =>
      c.json(await control.createOrganizationInvitation(await readJson(c)), 201),
    )
    .post('/organization_suggestions', async (c) =>
      c.json(await control.createOrganizationSuggestion(await readJson(c)), 201),
    )
    .post('/membership_requests', async (c) =>
      c.json(await control.createMembershipRequest(await readJson(c)), 201),
    );
}
