import type { PublishableKey } from 'wxt-clerk/build';
import { instanceRefusal, readClerkCode } from 'wxt-clerk/build';
import type { Probe } from './probe.ts';

/** Why the instance does not take a request, or `null` when it does. */
export type Refusal = {
  /** Clerk's own. */
  code: string;
  /** The same request without a credential is taken: the origin itself is accepted. */
  onlyBesideCredential: boolean;
} | null;

// No credential of anybody: it is looked at only after the headers were accepted.
const MADE_UP_CREDENTIAL = 'Bearer doctor';

/**
 * Asks the instance as an extension does: first without a credential, as at the start of a sign-in, and, of a production
 * instance, with one, which is another rule (`Origin` beside `Authorization`). By GET, so that nothing is made there.
 *
 * @param origin `null` for requests without an `Origin`.
 */
export async function askAsExtension(
  probe: Probe,
  { instanceType }: PublishableKey,
  origin: string | null,
): Promise<Refusal> {
  const headers: Record<string, string> = origin === null ? {} : { origin };
  const first = refusalOf((await probe('/v1/client', headers)).json);
  // A development instance takes its credential from the address: there is no such header.
  if (first !== null) return { code: first, onlyBesideCredential: false };
  if (instanceType === 'development') return null;
  const { json } = await probe('/v1/client?_is_native=1', { ...headers, authorization: MADE_UP_CREDENTIAL });
  const second = refusalOf(json);
  return second === null ? null : { code: second, onlyBesideCredential: true };
}

/** What was seen of a refusal, in a few words. */
export function explainRefusal({ code, onlyBesideCredential }: NonNullable<Refusal>): string {
  if (onlyBesideCredential) return `beside a credential, though not without one (${code})`;
  return code === 'origin_invalid' ? `it is not among the allowed origins (${code})` : code;
}

// Any other failure is about the made-up credential, not about who asks.
function refusalOf(json: unknown): string | null {
  const code = readClerkCode(json);
  return instanceRefusal(code) === null ? null : code;
}
