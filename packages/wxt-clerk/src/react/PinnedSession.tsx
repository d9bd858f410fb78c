import { createContext, type ReactNode, useContext } from 'react';

const PinnedId = createContext<string | undefined>(undefined);

export interface PinnedSessionProps {
  /** Id of one of this extension's sessions. */
  sessionId: string;
  children?: ReactNode;
}

/**
 * All hooks in it are about this session, also when another one becomes active elsewhere: a window shows one account and
 * never another's data. When the session is over, nobody is signed in there.
 */
export function PinnedSession({ sessionId, children }: PinnedSessionProps): ReactNode {
  return <PinnedId value={sessionId}>{children}</PinnedId>;
}

/** The session that this component is about; `undefined` for the active one. */
export function usePinnedId(sessionId?: string): string | undefined {
  const inherited = useContext(PinnedId);
  return sessionId ?? inherited;
}
