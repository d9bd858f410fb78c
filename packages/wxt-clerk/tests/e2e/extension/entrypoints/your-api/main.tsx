import { useState } from 'react';
import { type ErrorCode, fetchApi, toMessageError } from 'wxt-clerk/client';
import { useAuthenticatedFetch, useReverification } from 'wxt-clerk/react';
import { AuthScreen, mountPage } from 'wxt-clerk/ui';
import { access } from '../../../../../src/shared/config';

const SECRET = `${access.apiOrigins[0]}/secret`;

/** Asks for something that the API gives only to who has just said who they are. */
function Secret() {
  const fetchApi = useAuthenticatedFetch();
  const askForSecret = useReverification(() => fetchApi(SECRET, { method: 'POST', body: {} }));
  const [outcome, setOutcome] = useState('');
  const ask = async () => {
    setOutcome('Asking…');
    const told = await askForSecret().then(({ status }) => `status ${status}`, codeOf);
    setOutcome(`Outcome: ${told}.`);
  };
  return (
    <main>
      <button type="button" onClick={ask}>
        Ask for the secret
      </button>
      <p role="status">{outcome}</p>
    </main>
  );
}

function codeOf(reason: unknown): ErrorCode {
  return toMessageError(reason).code;
}

// The tests call it with what they have made up.
Object.assign(window, { fetchApi });

const withoutScreen = new URLSearchParams(location.search).has('without-screen');
void mountPage(
  withoutScreen ? (
    <Secret />
  ) : (
    <AuthScreen>
      <Secret />
    </AuthScreen>
  ),
);
