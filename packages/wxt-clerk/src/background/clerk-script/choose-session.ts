import type { AuthMemory } from '../auth-memory';
import { maySessionBeGone, refusalOf, saysNoMember } from '../refusal';
import type { SignedInUser } from '../signed-in-user';

import type { RequestDependencies, Requests, TouchRequest } from './requests';

/** A session that is to be the active one. */
export interface Choice extends Omit<TouchRequest, 'organizationId'> {
  /** `null` for the personal account; without it the session keeps its own. */
  organizationId: string | null | undefined;
}

export interface ChooseDependencies {
  memory: Pick<AuthMemory, 'session' | 'era' | 'stamp' | 'noteChange' | 'publish' | 'doubt'>;
  signedIn: Pick<SignedInUser, 'askServer'>;
}

type Own = Pick<RequestDependencies, 'fail'> & Pick<Requests, 'touchSession'> & ChooseDependencies;

/**
 * Makes a session the active one, with an organization, and publishes what the server then says.
 *
 * @throws {MessageError} `not-a-member` of the organization, `not-found` when the session is over.
 */
export async function chooseSession({ organizationId, ...choice }: Choice, own: Own): Promise<void> {
  const { memory, signedIn } = own;
  const touch = (id: string | null) => touchOnServer({ ...choice, organizationId: id }, own);
  if (organizationId !== undefined) return touch(organizationId);
  // The choice before may have been another organization.
  const ownId = () => memory.session(choice.sessionId)?.user.organizationId ?? null;
  const known = ownId();
  try {
    await touch(known);
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'not-a-member') throw error;
    // Who was taken out of it has another one now, or none.
    await signedIn.askServer();
    if (ownId() === known) throw error;
    await touch(ownId());
  }
}

async function touchOnServer(request: TouchRequest, own: Own): Promise<void> {
  const { memory, signedIn, fail, touchSession } = own;
  if (!memory.session(request.sessionId)) throw fail('not-found');
  const askedIn = memory.era();
  const asked = memory.noteChange();
  try {
    const answer = await touchSession(request);
    if (askedIn !== memory.era()) return;
    // Whether an answer of meanwhile was older or newer nobody knows.
    if (asked === memory.stamp()) await memory.publish(answer);
    else await signedIn.askServer();
  } catch (error) {
    const refusal = refusalOf(error);
    // The server may have done it all the same.
    if (!refusal || refusal.status >= 500) await memory.doubt();
    if (!maySessionBeGone(error)) throw error;
    if (!saysNoMember(error)) await signedIn.askServer();
    if (!memory.session(request.sessionId)) throw fail('not-found');
    throw request.organizationId === null ? error : fail('not-a-member');
  }
}
