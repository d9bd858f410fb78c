import type { CDPSession, Page, Protocol } from 'puppeteer-core';
import type { Passkey, VirtualAuthenticator } from '../types.ts';

/** A device like the one behind a fingerprint sensor, whose owner always says yes. */
const DEVICE: Protocol.WebAuthn.VirtualAuthenticatorOptions = {
  protocol: 'ctap2',
  transport: 'internal',
  hasResidentKey: true,
  hasUserVerification: true,
  isUserVerified: true,
  automaticPresenceSimulation: true,
};

interface Presence {
  session: CDPSession;
  authenticatorId: string;
}

/**
 * One authenticator for all pages. Chromium knows them only page by page, and forgets one with its page: here each page
 * gets its own, and what is done with one of them is done with the others.
 */
export class VirtualDevice implements VirtualAuthenticator {
  readonly #presences = new Set<Presence>();
  readonly #credentials = new Map<string, Protocol.WebAuthn.Credential>();
  #isRemoved = false;

  /** Is there from now on in a page, unless it was removed. */
  async appearIn(page: Page): Promise<void> {
    if (this.#isRemoved) return;
    const session = await page.createCDPSession();
    await session.send('WebAuthn.enable');
    const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', { options: DEVICE });
    const presence = { session, authenticatorId };
    for (const credential of this.#credentials.values()) await give(presence, credential);
    this.#presences.add(presence);
    page.once('close', () => this.#presences.delete(presence));
    session.on('WebAuthn.credentialAdded', ({ credential }) => this.#learn(credential, presence));
    session.on('WebAuthn.credentialAsserted', ({ credential }) => this.#learn(credential, presence));
  }

  async passkeys(): Promise<Passkey[]> {
    return [...this.#credentials.values()].map(({ credentialId, rpId = '' }) => ({
      credentialId: Buffer.from(credentialId, 'base64').toString('base64url'),
      rpId,
    }));
  }

  async remove(): Promise<void> {
    this.#isRemoved = true;
    const sessions = [...this.#presences].map(({ session }) => session);
    this.#presences.clear();
    this.#credentials.clear();
    await Promise.all(sessions.map((session) => session.detach()));
  }

  #learn(credential: Protocol.WebAuthn.Credential, from: Presence): void {
    this.#credentials.set(credential.credentialId, credential);
    // A page may close meanwhile.
    for (const presence of this.#presences) if (presence !== from) give(presence, credential).catch(() => {});
  }
}

/** Gives a page's authenticator a credential, or its newest counter. */
async function give(
  { session, authenticatorId }: Presence,
  credential: Protocol.WebAuthn.Credential,
): Promise<void> {
  const { credentialId } = credential;
  // Chromium takes no credential twice.
  await session.send('WebAuthn.removeCredential', { authenticatorId, credentialId }).catch(() => {});
  await session.send('WebAuthn.addCredential', { authenticatorId, credential });
}
