import type { MailPurpose } from '../types.ts';
import type { Verification } from './verification.ts';

/** A proof that waits until somebody opens the link of a mail. */
export interface LinkVerification extends Verification {
  /** The client of the browser that opened it; `null` until then, and for a browser that has none. */
  verifiedAtClient: string | null;
  expireAt: number;
}

/** Whether a verification is that of a link. */
export function isLinkVerification(verification: Verification | null): verification is LinkVerification {
  return verification !== null && 'verifiedAtClient' in verification;
}

/** What a link proves, for whom, and where it leads. */
export interface EmailLink {
  purpose: Extract<MailPurpose, 'sign-in' | 'sign-up' | 'verify-email-address'>;
  clientId: string;
  /** Of the sign-in, the sign-up, or the e-mail address. */
  targetId: string;
  userId: string | null;
  /** An attempt that was begun anew, or another mail, has another one. */
  verification: LinkVerification;
  /** As the app asked; an address of the browser's, or of an extension. */
  redirectUrl: string | null;
  /** Of the browser that asked. */
  userAgent: string;
}

/** The links that were mailed, by their token: live in memory. */
export class EmailLinks {
  readonly #byToken = new Map<string, EmailLink>();

  add(token: string, link: EmailLink): void {
    this.#byToken.set(token, link);
  }

  find(token: string): EmailLink | null {
    return this.#byToken.get(token) ?? null;
  }

  clear(): void {
    this.#byToken.clear();
  }
}
