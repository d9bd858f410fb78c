import { randomBytes, randomInt } from 'node:crypto';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** A random id in Clerk's form, e.g. `user_` and 27 characters. */
export function generateId(prefix: string): string {
  const characters = Array.from(randomBytes(27), (byte) => ALPHABET[byte % ALPHABET.length]);
  return `${prefix}_${characters.join('')}`;
}

/** Six random digits. */
export function generateCode(): string {
  return String(randomInt(1_000_000)).padStart(6, '0');
}
