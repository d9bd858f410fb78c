import { createHmac, randomBytes } from 'node:crypto';

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const STEP_MS = 30_000;

/** An authenticator app that a user set up, or is about to. */
export interface Totp {
  id: string;
  /** Base32. */
  secret: string;
  isVerified: boolean;
  createdAt: number;
  updatedAt: number;
}

/** A random secret of 20 bytes, in base32. */
export function generateTotpSecret(): string {
  return Array.from(randomBytes(32), (byte) => BASE32[byte % 32]).join('');
}

/** Whether a secret can be used: base32, capital letters, without padding. */
export function isTotpSecret(secret: string): boolean {
  return /^[A-Z2-7]{16,}$/.test(secret);
}

/**
 * The six digits that an authenticator app shows (RFC 6238: SHA-1, 30 s).
 * @param now Unix ms
 */
export function totpCode(secret: string, now: number = Date.now()): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(now / STEP_MS)));
  const hash = createHmac('sha1', decodeBase32(secret)).update(counter).digest();
  const offset = (hash.at(-1) ?? 0) & 0xf;
  const number = (hash.readUInt32BE(offset) & 0x7fffffff) % 1_000_000;
  return String(number).padStart(6, '0');
}

/** Whether a code is that of now or of the step before or after: clocks differ. */
export function isTotpCode(secret: string, code: string, now: number): boolean {
  return [-1, 0, 1].some((step) => totpCode(secret, now + step * STEP_MS) === code);
}

function decodeBase32(text: string): Buffer {
  const bits = Array.from(text, (letter) => BASE32.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const bytes = bits.match(/.{8}/g) ?? [];
  return Buffer.from(bytes.map((byte) => Number.parseInt(byte, 2)));
}
