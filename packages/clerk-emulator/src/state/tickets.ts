import type { TokenSigner } from '../tokens.ts';
import { generateId } from './ids.ts';

/** What a ticket in the page's URL is good for: once. */
export interface Ticket {
  kind: 'sign_in_token' | 'actor_token' | 'invitation';
  /** Of tokens. */
  userId: string | null;
  /** Of tokens for impersonation. */
  actor: Record<string, unknown> | null;
  /** Of invitations. */
  emailAddress: string | null;
  isUsed: boolean;
  /** Unix ms. */
  expireAt: number;
}

/** Sign-in tokens and invitations, by the ticket that was handed out. */
export class Tickets {
  readonly #byTicket = new Map<string, Ticket>();
  readonly #signer: TokenSigner;

  constructor(signer: TokenSigner) {
    this.#signer = signer;
  }

  /** @returns the ticket as it goes into a URL. */
  async create(ticket: Omit<Ticket, 'isUsed'>): Promise<string> {
    const { kind, expireAt } = ticket;
    const claims = { sid: generateId('tkt'), st: kind, exp: Math.floor(expireAt / 1000) };
    const text = await this.#signer.signCredential(claims);
    this.#byTicket.set(text, { ...ticket, isUsed: false });
    return text;
  }

  find(text: string): Ticket | null {
    return this.#byTicket.get(text) ?? null;
  }

  clear(): void {
    this.#byTicket.clear();
  }
}
