import { isLoopback } from './loopback.ts';
import { requestLoopback } from './loopback-request.ts';
import type { EmulatorControl, SessionFilter } from './types.ts';

/**
 * The control surface of an emulator in another process, over HTTP.
 * @param url the emulator's URL, `https://clerk.localhost:PORT`
 * @throws {Error} when the URL is not one of an emulator. The calls reject with the emulator's own sentence for bad
 * input, and with one that names the URL when nothing answers there.
 */
export function createControlClient(url: string): EmulatorControl {
  const base = parseUrl(url);
  const call = <T>(method: string, path: string, body?: unknown) =>
    send(base, method, path, body) as Promise<T>;
  const run = async (method: string, path: string, body?: unknown) => {
    await call(method, path, body);
  };
  const encode = encodeURIComponent;

  return {
    reset: () => run('POST', '/reset'),
    createUser: (user) => call('POST', '/users', user),
    updateUser: (userId, patch) => run('PATCH', `/users/${encode(userId)}`, patch),
    deleteUser: (userId) => run('DELETE', `/users/${encode(userId)}`),
    listSessions: (filter = {}) => call('GET', `/sessions?${searchOf(filter)}`),
    revokeSession: (sessionId) => run('POST', `/sessions/${encode(sessionId)}/revoke`),
    endSession: (sessionId) => run('POST', `/sessions/${encode(sessionId)}/end`),
    setActor: (sessionId, actor) => run('PUT', `/sessions/${encode(sessionId)}/actor`, actor),
    lastMail: (emailAddress) => call('GET', `/mail/${encode(emailAddress)}`),
    addFault: (fault) => call('POST', '/faults', fault),
    clearFaults: () => run('DELETE', '/faults'),
    requests: () => call('GET', '/requests'),
    clearRequests: () => run('DELETE', '/requests'),
    configure: (settings) => run('PATCH', '/settings', settings),
    createTemplate: (template) => run('POST', '/templates', template),
    createSignInToken: (token) => call('POST', '/sign_in_tokens', token),
    createInvitation: (invitation) => call('POST', '/invitations', invitation),
    createOrganization: (organization) => call('POST', '/organizations', organization),
    listOrganizations: () => call('GET', '/organizations'),
    updateOrganization: (organizationId, patch) =>
      run('PATCH', `/organizations/${encode(organizationId)}`, patch),
    deleteOrganization: (organizationId) => run('DELETE', `/organizations/${encode(organizationId)}`),
    setMembership: (organizationId, membership) =>
      run('PUT', `/organizations/${encode(organizationId)}/memberships`, membership),
    removeMembership: (organizationId, userId) =>
      run('DELETE', `/organizations/${encode(organizationId)}/memberships/${encode(userId)}`),
    createOrganizationInvitation: (invitation) => call('POST', '/organization_invitations', invitation),
    createOrganizationSuggestion: (suggestion) => call('POST', '/organization_suggestions', suggestion),
    createMembershipRequest: (request) => call('POST', '/membership_requests', request),
    listWaitlist: () => call('GET', '/waitlist'),
    addWebhook: (webhook) => call('POST', '/webhooks', webhook),
    removeWebhook: (endpointId) => run('DELETE', `/webhooks/${encode(endpointId)}`),
    listWebhooks: () => call('GET', '/webhooks'),
    sendWebhook: (message) => call('POST', '/webhook_messages', message),
    redeliverWebhook: (messageId, sending = {}) =>
      call('POST', `/webhook_messages/${encode(messageId)}/redeliver`, sending),
    holdWebhooks: () => run('POST', '/webhook_deliveries/hold'),
    releaseWebhooks: (order = {}) => call('POST', '/webhook_deliveries/release', order),
    listWebhookDeliveries: () => call('GET', '/webhook_deliveries'),
  };
}

function searchOf(filter: SessionFilter): URLSearchParams {
  return new URLSearchParams(Object.entries(filter).filter(([, value]) => value !== undefined));
}

function parseUrl(url: string): URL {
  const parsed = URL.parse(url);
  if (parsed?.protocol !== 'https:' || !isLoopback(parsed.hostname)) {
    throw new Error(`An emulator's URL looks like https://clerk.localhost:8443, got ${JSON.stringify(url)}.`);
  }
  return parsed;
}

async function send(base: URL, method: string, path: string, body: unknown): Promise<unknown> {
  const answer = await requestLoopback({
    url: base,
    method,
    path: `/__emulator${path}`,
    headers: body === undefined ? {} : { 'content-type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  }).catch((error: Error) => {
    throw new Error(
      `No emulator answers at ${base.origin} (${error.message}). Start one with: npx --no-install clerk-emulator`,
    );
  });
  if (answer.status >= 300) throw new Error(errorSentence(answer.text));
  return JSON.parse(answer.text);
}

function errorSentence(text: string): string {
  try {
    return String(JSON.parse(text).error);
  } catch {
    return `The emulator answered something else than JSON: ${text.slice(0, 100)}`;
  }
}
