import type { SessionSnapshot } from '../messages/protocol';
import { useKnownAuth } from '../react/useKnownAuth';
import { type OpenView, useOpenView } from './account-page';
import type { Person } from './person-head';
import { useInstanceHint } from './useInstanceHint';

/** Who is signed in in this extension, and may come to it. */
export interface Accounts {
  sessions: SessionSnapshot[];
  /** The only one of these in a `PinnedSession`. */
  pinnedId: string | undefined;
  areSeveral: boolean;
  /** Opens the form for a further account; `null` where there is none, or no place to show it. */
  add: (() => void) | null;
}

/** The accounts of this extension, or the pinned one. Live, from the background. */
export function useAccounts(): Accounts {
  const { sessions: all = [], pinnedId } = useKnownAuth();
  const { isMultiSession } = useInstanceHint();
  const openView = useOpenView();
  const sessions = pinnedId === undefined ? all : all.filter(({ id }) => id === pinnedId);
  const add = isMultiSession ? adding(openView) : null;
  return { sessions, pinnedId, areSeveral: sessions.length > 1, add };
}

const adding = (openView: OpenView | null) => openView && (() => openView('add-account'));

/** Whose session it is. */
export function personOf({ user, publicUserData }: SessionSnapshot): Person {
  if (user) return user;
  const { firstName = null, lastName = null, identifier = null } = publicUserData ?? {};
  const imageUrl = publicUserData?.hasImage ? publicUserData.imageUrl : null;
  return { firstName, lastName, emailAddress: identifier, imageUrl };
}
