import type { PublishableKey } from 'wxt-clerk/build';
import { instanceRefusal, readClerkCode } from 'wxt-clerk/build';
import type { Probe } from './probe.ts';

/** Clerk's code for the refusal, or `null` when the instance takes the request. */
export type Refusal = string | null;

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
  if (first !== null || instanceType === 'development') return first;
  const { json } = await probe('/v1/client?_is_native=1', { ...headers, authorization: MADE_UP_CREDENTIAL });
  return refusalOf(json);
}

// Any other failure is about the made-up credential, not about who asks.
function refusalOf(json: unknown): Refusal {
  const code = readClerkCode(json);
  return instanceRefusal(code) === null ? null : code;
}
