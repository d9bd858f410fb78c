import { type Context, Hono } from 'hono';
import { type Env, enveloped } from '../context.ts';
import type { Core } from '../core.ts';
import { ApiError, formError, notFound } from '../errors.ts';
import { accountAt, expectExternalAccount, prepareAccount } from '../flows/external-accounts.ts';
import { expectMe } from '../flows/me.ts';
import {
  connectionsOf,
  ENTERPRISE_STRATEGY,
  enterpriseConnections,
  findConnection,
  isOAuth,
  type KnownConnection,
  providerName,
} from '../flows/providers.ts';
import { askProvider, type ProviderRequest, readProviderRequest } from '../flows/single-sign-on.ts';
import { type Form, readForm } from '../form.ts';
import { recentlyVerified } from '../middleware/recently-verified.ts';
import { callerOf } from '../middleware/request-kind.ts';
import { connectionJson, externalAccountJson } from '../resources/external-account.ts';
import { deletedJson, userJson } from '../resources/user.ts';
import type { ExternalAccount } from '../state/external-accounts.ts';
import { generateId } from '../state/ids.ts';
import type { ExternalVerification } from '../state/single-sign-on.ts';
import { isVerified, type User } from '../state/users.ts';

/** The signed-in user's accounts at providers. */
export function meExternalAccountRoutes(core: Core): Hono<Env> {
  const expectOwn = (c: Context<Env>) => {
    const { user } = expectMe(c, core);
    return { user, external: expectExternalAccount(user, c.req.param('id') ?? '') };
  };

  return new Hono<Env>()
    .get('/me/enterprise_connections', (c) => {
      const { user } = expectMe(c, core);
      const isLinking = c.req.query('with_organization_account_linking') === 'true';
      return enveloped(c, core, connectionsFor(core, user, isLinking).map(connectionJson));
    })
    .post('/me/external_accounts', recentlyVerified(core), async (c) => {
      const { user } = expectMe(c, core);
      const request = readRequest(c, core, await readForm(c));
      const present = accountAt(user, { ...request, connectionId: request.connection?.id ?? null });
      if (present?.account && present.verification.status === 'verified') throw alreadyConnected(request);
      const id = present?.id ?? generateId('eac');
      const verification = ask(c, core, user, { request, id });
      const external = prepareAccount(core, user, verification, id);
      if (external.account === null) external.verification = verification;
      return enveloped(c, core, externalAccountJson(external, verification));
    })
    .patch('/me/external_accounts/:id/reauthorize', async (c) => {
      const { user, external } = expectOwn(c);
      const request = readRequest(c, core, await readForm(c), external);
      const verification = ask(c, core, user, { request, id: external.id });
      return enveloped(c, core, externalAccountJson(external, verification));
    })
    .delete('/me/external_accounts/:id', recentlyVerified(core), (c) => {
      const { user, external } = expectOwn(c);
      user.externalAccounts = user.externalAccounts.filter((other) => other !== external);
      core.users.changed(user);
      return enveloped(c, core, deletedJson('external_account', external.id));
    })
    .delete('/me/external_accounts/:id/tokens', (c) => {
      // No provider here keeps any.
      const { user } = expectOwn(c);
      return enveloped(c, core, userJson(core, user));
    });
}

/** The enterprise connections of the user's e-mail address, and those that may be connected to it. */
function connectionsFor(core: Core, user: User, isLinking: boolean): KnownConnection[] {
  const email = user.emailAddresses.find(({ id }) => id === user.primaryEmailAddressId);
  const own = connectionsOf(core, email && isVerified(email) ? email.emailAddress : null);
  return enterpriseConnections(core).filter(
    ({ id, allowOrganizationAccountLinking = false }) =>
      own.some((connection) => connection.id === id) || (isLinking && allowOrganizationAccountLinking),
  );
}

/**
 * @param external the account to be let in to again
 * @throws {ApiError} `resource_not_found` for an unknown connection, and as `readProviderRequest`
 */
function readRequest(c: Context<Env>, core: Core, form: Form, external?: ExternalAccount): ProviderRequest {
  const connectionId = external ? external.connectionId : form.optional('enterprise_connection_id');
  if (connectionId === null) {
    const strategy = external?.strategy ?? form.required('strategy');
    if (!isOAuth(strategy)) throw formError('form_param_value_invalid', 'strategy');
    return readProviderRequest(core, form, callerOf(c), { strategy });
  }
  const connection = findConnection(core, connectionId);
  if (!connection) throw notFound('enterprise connection', connectionId);
  return readProviderRequest(core, form, callerOf(c), { strategy: ENTERPRISE_STRATEGY, connection });
}

function ask(
  c: Context<Env>,
  core: Core,
  user: User,
  { request, id }: { request: ProviderRequest; id: string },
): ExternalVerification {
  const client = c.get('client');
  if (!client) throw new ApiError('authentication_invalid');
  return askProvider(core, client, request, { purpose: 'connect', targetId: id, userId: user.id });
}

function alreadyConnected({ strategy, connection }: ProviderRequest): ApiError {
  const name = connection?.name ?? providerName(strategy);
  return new ApiError('oauth_account_already_connected', {
    longMessage: `Another account is already connected for this particular provider (${name})`,
  });
}
