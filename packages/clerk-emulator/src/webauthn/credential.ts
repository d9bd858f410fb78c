import { createHash, createPublicKey, type JsonWebKey, type KeyObject, verify } from 'node:crypto';
import { isObject } from '../form.ts';
import { type Cbor, decodeCbor } from './cbor.ts';

/** A passkey's key, as its authenticator made it. */
export interface RegisteredKey {
  /** Base64url. */
  credentialId: string;
  publicKey: KeyObject;
}

/** What a credential has to answer to. */
export interface Ceremony {
  /** Base64url. */
  challenge: string;
  rpId: string;
}

/** COSE numbers of the two algorithms that every browser has: ES256, RS256. */
export const ALGORITHMS = [-7, -257];

const USER_PRESENT = 1;
const HAS_KEY = 0x40;
/** Where an authenticator's data begin: after the hash of the RP id, the flags, the counter and the model. */
const KEY_AT = 32 + 1 + 4 + 16;

/**
 * Reads a new credential, as `navigator.credentials.create` answered it and clerk-js wrote it. Its attestation is not
 * looked at.
 * @returns `null` for a credential that does not answer the ceremony
 */
export function readRegistration(json: string, ceremony: Ceremony): RegisteredKey | null {
  return orNull(() => {
    const response = parseResponse(json);
    if (!isClientData(response.clientDataJSON, 'webauthn.create', ceremony)) return null;
    const attestation = decodeCbor(fromBase64(response.attestationObject)) as Map<Cbor, Cbor>;
    const data = attestation.get('authData') as Uint8Array;
    if (!isAuthenticatorData(data, ceremony, USER_PRESENT | HAS_KEY)) return null;
    const idLength = (data[KEY_AT] ?? 0) * 256 + (data[KEY_AT + 1] ?? 0);
    const id = data.subarray(KEY_AT + 2, KEY_AT + 2 + idLength);
    const key = decodeCbor(data.subarray(KEY_AT + 2 + idLength)) as Map<Cbor, Cbor>;
    const publicKey = createPublicKey({ key: toJwk(key), format: 'jwk' });
    return { credentialId: toBase64(id), publicKey };
  });
}

/** The id of the credential that an answer of `navigator.credentials.get` is of. */
export function credentialIdOf(json: string): string | null {
  return orNull(() => {
    const { id } = JSON.parse(json);
    return typeof id === 'string' ? id : null;
  });
}

/** Whether an answer of `navigator.credentials.get` was signed by this key for this ceremony. */
export function isSignedBy(key: RegisteredKey, json: string, ceremony: Ceremony): boolean {
  const isRight = orNull(() => {
    const { clientDataJSON, authenticatorData, signature } = parseResponse(json);
    const data = fromBase64(authenticatorData);
    if (!isClientData(clientDataJSON, 'webauthn.get', ceremony)) return false;
    if (!isAuthenticatorData(data, ceremony, USER_PRESENT)) return false;
    const signed = Buffer.concat([data, sha256(fromBase64(clientDataJSON))]);
    return verify('sha256', signed, key.publicKey, fromBase64(signature));
  });
  return isRight === true;
}

function parseResponse(json: string): Record<string, unknown> {
  const credential: unknown = JSON.parse(json);
  if (!isObject(credential) || !isObject(credential.response)) throw new RangeError('This is no credential.');
  return credential.response;
}

function isClientData(encoded: unknown, type: string, { challenge }: Ceremony): boolean {
  const data = JSON.parse(fromBase64(encoded).toString());
  return data.type === type && data.challenge === challenge;
}

function isAuthenticatorData(data: Uint8Array, { rpId }: Ceremony, flags: number): boolean {
  const isOfParty = sha256(rpId).equals(data.subarray(0, 32));
  return isOfParty && ((data[32] ?? 0) & flags) === flags;
}

/** @throws {RangeError} for another kind of key than those of `ALGORITHMS`. */
function toJwk(key: Map<Cbor, Cbor>): JsonWebKey {
  const part = (label: number) => toBase64(key.get(label) as Uint8Array);
  if (key.get(3) === -7) return { kty: 'EC', crv: 'P-256', x: part(-2), y: part(-3) };
  if (key.get(3) === -257) return { kty: 'RSA', n: part(-1), e: part(-2) };
  throw new RangeError('The key is neither ES256 nor RS256.');
}

function sha256(data: string | Uint8Array): Buffer {
  return createHash('sha256').update(data).digest();
}

function fromBase64(text: unknown): Buffer {
  if (typeof text !== 'string') throw new RangeError('A part of the credential is missing.');
  return Buffer.from(text, 'base64url');
}

function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url');
}

/** What was sent may be anything; all that cannot be read is the same. */
function orNull<T>(read: () => T): T | null {
  try {
    return read();
  } catch {
    return null;
  }
}
