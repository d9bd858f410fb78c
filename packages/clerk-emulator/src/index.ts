import { getRequestListener } from '@hono/node-server';
import { createApp } from './app.ts';
import { type Certificate, createCertificate, publicKeyHash } from './certificate.ts';
import { createControl } from './control.ts';
import { type Core, createCore } from './core.ts';
import { type KeptState, keepState, readKeptState } from './kept-state.ts';
import { stripClerkDomain } from './middleware/clerk-domain.ts';
import { untunnelMethod } from './middleware/method-tunnel.ts';
import { createPlainApp } from './plain-app.ts';
import { createPublishableKey, webPublishableKey } from './publishable-key.ts';
import { checkSeeds } from './seeds.ts';
import { listenOnLoopback } from './server.ts';
import { createTokenSigner } from './tokens.ts';
import type { Emulator, EmulatorOptions } from './types.ts';
import { Endpoints } from './webhooks/endpoints.ts';
import { Webhooks } from './webhooks/webhooks.ts';

export { createCertificate } from './certificate.ts';
export { createControlClient } from './control-client.ts';
export { createPublishableKey } from './publishable-key.ts';
export { listenOnLoopback } from './server.ts';
export { PERMISSIVE_SETTINGS } from './state/settings.ts';
export { totpCode } from './state/totp.ts';
export type * from './types.ts';

/** Resolves to loopback in both browsers, pages and background, without any DNS setting. */
const DEFAULT_HOSTNAME = 'clerk.localhost';
const HOSTNAME = /^([a-z0-9-]+\.)+localhost$/;

/**
 * Starts a local Clerk Frontend API.
 * @throws {Error} naming the port and the remedy when the port is in use, and naming the field for a bad setting, person,
 * template, fault or webhook.
 */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  checkSeeds(options);
  const { port = 0, instance = 'production', hostname = DEFAULT_HOSTNAME, stateFile } = options;
  if (!HOSTNAME.test(hostname)) {
    throw new Error(`"hostname" must end with .localhost, as clerk.app.localhost does, got "${hostname}".`);
  }
  const kept = stateFile ? await readKeptState(stateFile) : null;
  const [certificate, signer] = await Promise.all([
    kept?.certificate ?? createCertificate(hostname),
    createTokenSigner(kept?.signingKey),
  ]);
  const { server, providerServer } = await listenTwice(certificate, port, options.providerPort ?? 0);
  const host = `${hostname}:${server.port}`;

  const providerUrl = `http://127.0.0.1:${providerServer.port}`;
  const core = createCore({ url: `https://${host}`, providerUrl }, signer, options, kept);
  const endpoints = new Endpoints(options.webhooks ?? [], kept?.webhookSecrets ?? []);
  const webhooks = new Webhooks(core, endpoints);
  const control = createControl(core, webhooks);
  const keeper = stateFile
    ? keepState(stateFile, () => stateOf(core, certificate, endpoints, options))
    : null;
  const answer = listenerOf(createApp(core, control));
  server.onRequest((incoming, outgoing) => {
    stripClerkDomain(incoming);
    untunnelMethod(incoming);
    outgoing.once('close', () => keeper?.changed());
    void answer(incoming, outgoing);
  });
  const answerPlain = listenerOf(createPlainApp(core));
  providerServer.onRequest((incoming, outgoing) => void answerPlain(incoming, outgoing));

  keeper?.changed();
  return {
    url: core.url,
    port: server.port,
    providerUrl,
    publishableKey: createPublishableKey(instance, host),
    webPublishableKey: webPublishableKey(instance, host),
    jwtKey: signer.publicKeyPem,
    secretKey: core.secretKey,
    apiUrl: providerUrl,
    webhooks: structuredClone(endpoints.all()),
    certificate: certificate.certificate,
    publicKeyHash: publicKeyHash(certificate.certificate),
    seededUser: { ...core.seeded.people[0] },
    seededPeople: structuredClone(core.seeded.people),
    seededOrganizations: structuredClone(core.seeded.organizations),
    control,
    async close() {
      webhooks.clear();
      await Promise.all([server.close(), providerServer.close()]);
      keeper?.close();
    },
  };
}

/** Both or none. */
async function listenTwice(certificate: Certificate, port: number, providerPort: number) {
  const server = await listenOnLoopback(certificate, port);
  // Plain http: browsers trust it on loopback, and another certificate would be one more to accept.
  const providerServer = await listenOnLoopback(null, providerPort).catch(async (error) => {
    await server.close();
    throw error;
  });
  return { server, providerServer };
}

function listenerOf({ fetch }: ReturnType<typeof createApp>) {
  return getRequestListener(fetch, { overrideGlobalObjects: false });
}

function stateOf(
  core: Core,
  certificate: Certificate,
  endpoints: Endpoints,
  options: EmulatorOptions,
): KeptState {
  const { signer, seeded, users, clients, sessions } = core;
  return {
    certificate,
    signingKey: signer.key,
    secretKey: options.secretKey === undefined ? core.secretKey : null,
    webhookSecrets: endpoints.madeSecrets(),
    seeded,
    users: users.all(),
    clients: clients.all(),
    credentials: clients.credentials(),
    sessions: sessions.all(),
    organizations: core.organizations.state(),
    organizationInvitations: core.organizationInvitations.all(),
    organizationSuggestions: core.organizationSuggestions.all(),
    organizationDomains: core.organizationDomains.all(),
    membershipRequests: core.membershipRequests.all(),
  };
}
