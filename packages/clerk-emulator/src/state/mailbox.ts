import type { Mail } from '../types.ts';

/** Keeps the newest code per address and tells the listener about each. */
export class Mailbox {
  readonly #newest = new Map<string, Mail>();
  readonly #onMail: (mail: Mail) => void;

  constructor(onMail: (mail: Mail) => void) {
    this.#onMail = onMail;
  }

  /** "Sends" a code. */
  send(mail: Mail): void {
    this.#newest.set(mail.emailAddress.toLowerCase(), mail);
    this.#onMail(mail);
  }

  /** The newest mail to an address. */
  newest(emailAddress: string): Mail | null {
    return this.#newest.get(emailAddress.toLowerCase()) ?? null;
  }

  clear(): void {
    this.#newest.clear();
  }
}
