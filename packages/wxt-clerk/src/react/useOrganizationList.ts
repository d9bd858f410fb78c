import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { listOrganizations, type setActive } from '../client/actions';
import { type MessageError, toMessageError } from '../messages/message-error';
import type { SessionOptions } from '../messages/protocol';
import { useActions } from './useActions';
import { useKnownAuth } from './useKnownAuth';
import type { PageMembership } from './useOrganization';

/**
 * Memberships, under the names of Clerk's paginated resources. They come all at once: what Clerk has to turn pages is not
 * there (`page`, `pageCount`, `fetchPage`, `fetchNext`, `fetchPrevious`), nor `setData`.
 */
export interface UserMemberships {
  /** All of them; what was there before stays while they are asked for anew. `undefined` as long as there was no answer. */
  data: PageMembership[] | undefined;
  /** They are on their way, and there are none yet. */
  isLoading: boolean;
  /** They are on their way, also where there are some. */
  isFetching: boolean;
  isError: boolean;
  error: MessageError | null;
  /** How many there are; 0 as long as there was no answer. */
  count: number;
  hasNextPage: false;
  hasPreviousPage: false;
  /** Asks for them again. Never rejects. */
  revalidate(): Promise<void>;
}

/**
 * As Clerk's own `useOrganizationList` has it, with all memberships at once. Without `userInvitations`, `userSuggestions` and
 * `createOrganization`: to join and to create one is Clerk's own interface, which `AuthScreen` opens.
 */
export interface UseOrganizationListReturn {
  isLoaded: boolean;
  userMemberships: UserMemberships;
  setActive: typeof setActive;
}

export interface UseOrganizationListOptions extends SessionOptions {
  /** What Clerk's own hook is told of pages, so that it may stay: all of them come in any case. */
  userMemberships?: true | object | undefined;
}

/** The answer to a question, and of which session. */
interface Answer {
  sessionId: string | undefined;
  data?: PageMembership[] | undefined;
  error: MessageError | null;
}

/**
 * Every organization that the person is a member of, asked for when it is mounted and whenever the person, the organization
 * or the role is another. Somebody who has to choose one has them, too.
 *
 * @param options.sessionId Of this session, whichever is active.
 */
export function useOrganizationList(options?: UseOrganizationListOptions): UseOrganizationListReturn {
  const { user, pending, pinnedId } = useKnownAuth(options);
  const { setActive } = useActions(pinnedId);
  const { sessionId, organizationId, organizationRole } = user ?? pending ?? {};
  const { answer, isAsking, ask } = useMemberships(sessionId);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another organization or role may come with other memberships.
  useEffect(() => void ask(), [ask, organizationId, organizationRole]);
  const isLoaded = user !== undefined;
  return useMemo(() => {
    const nobody = isLoaded && sessionId === undefined;
    const data = nobody ? [] : answer?.data;
    const error = answer?.error ?? null;
    // Before the first question, too, which comes only after this is painted.
    const isLoading = sessionId !== undefined && !data && (isAsking || !error);
    const userMemberships: UserMemberships = {
      data,
      isLoading,
      isFetching: isLoading || isAsking,
      isError: error !== null,
      error,
      count: data?.length ?? 0,
      hasNextPage: false,
      hasPreviousPage: false,
      revalidate: ask,
    };
    return { isLoaded, userMemberships, setActive };
  }, [isLoaded, sessionId, answer, isAsking, ask, setActive]);
}

function useMemberships(sessionId: string | undefined) {
  const [last, setLast] = useState<Answer>({ sessionId: undefined, error: null });
  const [isAsking, setAsking] = useState(false);
  const newest = useRef(0);
  const ask = useCallback(async () => {
    newest.current += 1;
    const number = newest.current;
    setAsking(sessionId !== undefined);
    if (sessionId === undefined) return;
    const answer = await askFor(sessionId);
    // Of a question that another one has overtaken.
    if (number !== newest.current) return;
    setAsking(false);
    setLast((before) => (before.sessionId === sessionId ? { ...before, ...answer } : answer));
  }, [sessionId]);
  // Never another person's, not for one moment.
  return { answer: last.sessionId === sessionId ? last : null, isAsking, ask };
}

async function askFor(sessionId: string): Promise<Answer> {
  try {
    return { sessionId, data: (await listOrganizations({ sessionId })) as PageMembership[], error: null };
  } catch (error) {
    return { sessionId, error: toMessageError(error) };
  }
}
