import { useCallback, useEffect, useReducer } from 'react';
import { type MessageError, toMessageError } from '../messages/message-error';
import type { UserSnapshot } from '../messages/protocol';
import { sendMessage } from '../messages/send-message';
import { type AuthState, readAuthState, watchAuthState } from '../shared/auth-state';
import { firstAuthState } from './first-auth-state';

/** What a page shows: it never decides itself whether somebody is signed in. */
export type AuthView =
  | { status: 'loading' }
  | { status: 'signed-out' }
  | { status: 'signed-in'; user: UserSnapshot }
  | { status: 'failed'; error: MessageError };

interface Model {
  state: AuthState | null;
  error: MessageError | null;
}

type Event = { state: AuthState | null } | { error: MessageError } | 'asking';

/** The background's auth state, live, and a way to ask again after a failure. */
export function useAuthState(): { view: AuthView; retry: () => void } {
  const [model, dispatch] = useReducer(reduce, null, () => ({ state: firstAuthState(), error: null }));

  const ask = useCallback(async () => {
    dispatch('asking');
    try {
      await sendMessage('get-user');
      dispatch({ state: await readAuthState() });
    } catch (error) {
      dispatch({ error: toMessageError(error) });
    }
  }, []);

  useEffect(() => {
    const stop = watchAuthState((state) => dispatch({ state }));
    // The stored state paints at once; the question wakes the background, which may know better.
    void readAuthState().then((state) => dispatch({ state }));
    void ask();
    // A page that was out of sight, or offline, may have missed something that the background has not.
    const askWhenVisible = () => {
      if (document.visibilityState === 'visible') void ask();
    };
    document.addEventListener('visibilitychange', askWhenVisible);
    window.addEventListener('online', ask);
    return () => {
      stop();
      document.removeEventListener('visibilitychange', askWhenVisible);
      window.removeEventListener('online', ask);
    };
  }, [ask]);

  return { view: viewOf(model), retry: ask };
}

function reduce(model: Model, event: Event): Model {
  if (event === 'asking') return { ...model, error: null };
  if ('error' in event) return { ...model, error: event.error };
  const isNewer = event.state !== null && event.state.revision >= (model.state?.revision ?? 0);
  return isNewer ? { state: event.state, error: null } : model;
}

function viewOf({ state, error }: Model): AuthView {
  if (state) return state.user ? { status: 'signed-in', user: state.user } : { status: 'signed-out' };
  return error ? { status: 'failed', error } : { status: 'loading' };
}
