import { randomBytes } from 'node:crypto';
import type { Core } from '../core.ts';
import { ApiError, formError, notFound } from '../errors.ts';
import type { Form } from '../form.ts';
import { generateId } from '../state/ids.ts';
import { isPasskeyVerification, type Passkey, type PasskeyVerification } from '../state/passkeys.ts';
import { fullName, type User } from '../state/users.ts';
import type { Verification } from '../state/verification.ts';
import { ALGORITHMS, credentialIdOf, isSignedBy, readRegistration } from '../webauthn/credential.ts';
import { primaryIdentifier } from './first-factors.ts';

const LIFETIME_MS = 10 * 60 * 1000;
const FIELD = 'public_key_credential';

/** The relying party of the passkeys: like Clerk, the domain that the instance's host belongs to. */
function relyingPartyId({ settings, url }: Core): string {
  const { hostname } = new URL(url);
  return settings.passkeyRelyingPartyId ?? hostname.slice(hostname.indexOf('.') + 1);
}

/** A passkey that waits for its authenticator. */
export function startPasskey(core: Core, user: User): Passkey {
  const now = core.now();
  const verification = startVerification(core, (challenge) => ({
    rp: { id: relyingPartyId(core), name: 'Local app' },
    user: { id: Buffer.from(user.id).toString('base64url'), ...accountNames(user) },
    challenge,
    pubKeyCredParams: ALGORITHMS.map((alg) => ({ type: 'public-key', alg })),
    timeout: LIFETIME_MS,
    excludeCredentials: descriptors(user),
    authenticatorSelection: {
      residentKey: 'required',
      requireResidentKey: true,
      userVerification: 'preferred',
    },
    attestation: 'none',
  }));
  const name = `Passkey ${user.passkeys.length + 1}`;
  const times = { lastUsedAt: null, createdAt: now, updatedAt: now };
  const passkey: Passkey = { id: generateId('idn'), name, key: null, verification, ...times };
  user.passkeys.push(passkey);
  return passkey;
}

/** Takes the authenticator's new key. @throws {ApiError} `form_param_value_invalid`, `verification_*` */
export function finishPasskey(core: Core, passkey: Passkey, form: Form): void {
  const { verification } = passkey;
  assertOpen(core, verification);
  const ceremony = { challenge: verification.challenge, rpId: relyingPartyId(core) };
  passkey.key = readRegistration(form.required(FIELD), ceremony);
  if (!passkey.key) throw formError('form_param_value_invalid', FIELD);
  verification.status = 'verified';
  passkey.updatedAt = core.now();
}

/** @throws {ApiError} `resource_not_found` */
export function expectPasskey(user: User, id: string): Passkey {
  const passkey = user.passkeys.find((candidate) => candidate.id === id);
  if (!passkey) throw notFound('passkey', id);
  return passkey;
}

/** What a passkey must sign to be a proof; `null` for any user's, which the authenticator chooses. */
export function startPasskeyProof(core: Core, user: User | null): PasskeyVerification {
  return startVerification(core, (challenge) => ({
    challenge,
    rpId: relyingPartyId(core),
    timeout: LIFETIME_MS,
    allowCredentials: user ? descriptors(user) : [],
    userVerification: 'preferred',
  }));
}

/**
 * Checks the signature of a passkey.
 * @param user whose it must be; `null`: anybody's
 * @returns whose it was
 * @throws {ApiError} `form_param_value_invalid`, `verification_*`
 */
export function finishPasskeyProof(
  core: Core,
  user: User | null,
  proof: Verification | null,
  form: Form,
): User {
  if (!isPasskeyVerification(proof)) throw new ApiError('verification_missing');
  assertOpen(core, proof);
  proof.attempts += 1;
  const credential = form.required(FIELD);
  const credentialId = credentialIdOf(credential);
  const owner = user ?? core.users.all().find((candidate) => findByCredential(candidate, credentialId));
  const passkey = owner && findByCredential(owner, credentialId);
  const ceremony = { challenge: proof.challenge, rpId: relyingPartyId(core) };
  if (!owner || !passkey?.key || !isSignedBy(passkey.key, credential, ceremony)) {
    throw formError('form_param_value_invalid', FIELD);
  }
  proof.status = 'verified';
  passkey.lastUsedAt = core.now();
  return owner;
}

function startVerification(core: Core, options: (challenge: string) => object): PasskeyVerification {
  const challenge = randomBytes(32).toString('base64url');
  const nonce = JSON.stringify(options(challenge));
  const expireAt = core.now() + LIFETIME_MS;
  return { status: 'unverified', strategy: 'passkey', attempts: 0, challenge, nonce, expireAt };
}

function assertOpen(core: Core, verification: PasskeyVerification): void {
  if (verification.status === 'verified') throw new ApiError('verification_already_verified');
  if (core.now() > verification.expireAt) throw new ApiError('verification_expired');
}

function findByCredential(user: User, credentialId: string | null): Passkey | undefined {
  return user.passkeys.find((passkey) => passkey.key?.credentialId === credentialId);
}

function accountNames(user: User) {
  const name = primaryIdentifier(user) ?? user.id;
  return { name, displayName: fullName(user) || name };
}

function descriptors(user: User): object[] {
  const keys = user.passkeys.flatMap(({ key }) => key ?? []);
  return keys.map(({ credentialId: id }) => ({ type: 'public-key', id }));
}
