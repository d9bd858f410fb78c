import { useState } from 'react';
import { type MessageError, toMessageError } from '../../packages/wxt-clerk/src/messages/message-error';
import type { SessionToken } from '../../packages/wxt-clerk/src/messages/protocol';
import { sendMessage } from '../../packages/wxt-clerk/src/messages/send-message';
import { errorSentence, formatLocale, localized } from '../../packages/wxt-clerk/src/shared/i18n';
import { decodeJwt } from '../../packages/wxt-clerk/src/shared/jwt';
import { displayName } from '../../packages/wxt-clerk/src/shared/user-name';
import { ErrorNotice } from '../../packages/wxt-clerk/src/ui/ErrorNotice';
import { CopyIcon, TokenIcon } from '../../packages/wxt-clerk/src/ui/icons';
import { PageShell } from '../../packages/wxt-clerk/src/ui/PageShell';
import { useAuthState } from '../../packages/wxt-clerk/src/ui/useAuthState';
import { formatRemaining, useSecondsLeft } from '../../packages/wxt-clerk/src/ui/useSecondsLeft';

/** The tab that asks the background for a token and shows what it got. */
export function TokenDemo() {
  const { view } = useAuthState();
  const { token, isSignedOut, error, isAsking, ask } = useToken();
  // Nor the token of a person who signed out meanwhile.
  const shown = view.status === 'signed-in' && claimedSession(token) === view.user.sessionId ? token : null;

  return (
    <PageShell place="tab" title={localized('tokenDemo')}>
      <p className="lead">{localized('tokenDemoLead')}</p>
      <div className="token-ask">
        <button type="button" className="button button-primary" onClick={ask} disabled={isAsking}>
          <TokenIcon />
          {localized(isAsking ? 'gettingToken' : 'getToken')}
        </button>
        <p className="token-who" role="status">
          {view.status === 'signed-in' && localized('signedInAs', displayName(view.user))}
          {(view.status === 'signed-out' || (isSignedOut && view.status !== 'signed-in')) &&
            localized('signInFirst')}
          {view.status === 'failed' && errorSentence(view.error.code)}
        </p>
      </div>
      {error && <ErrorNotice error={error} onRetry={ask} inline />}
      {shown && <TokenView {...shown} />}
    </PageShell>
  );
}

function claimedSession(answer: SessionToken | null): unknown {
  return answer && decodeJwt(answer.token).sid;
}

function useToken() {
  const [token, setToken] = useState<SessionToken | null>(null);
  const [isSignedOut, setSignedOut] = useState(false);
  const [error, setError] = useState<MessageError | null>(null);
  const [isAsking, setAsking] = useState(false);
  const ask = async () => {
    setAsking(true);
    setError(null);
    try {
      const answer = await sendMessage('get-token');
      setToken(answer);
      setSignedOut(answer === null);
    } catch (reason) {
      setError(toMessageError(reason));
    } finally {
      setAsking(false);
    }
  };
  return { token, isSignedOut, error, isAsking, ask };
}

function TokenView({ token, expiresAt }: SessionToken) {
  const secondsLeft = useSecondsLeft(expiresAt);
  const claims = decodeJwt(token);
  return (
    <div className="token-view">
      <section className="panel" aria-labelledby="validity">
        <h2 id="validity">{localized('validFor')}</h2>
        <p
          className={secondsLeft > 0 ? 'countdown' : 'countdown countdown-over'}
          data-seconds-left={secondsLeft}
        >
          {secondsLeft > 0 ? formatRemaining(secondsLeft) : localized('expired')}
        </p>
        <progress max={lifetimeOf(claims)} value={secondsLeft} aria-label={localized('timeLeft')} />
      </section>
      <section className="panel" aria-labelledby="claims">
        <h2 id="claims">{localized('claims')}</h2>
        <dl className="claims">
          {Object.entries(claims).map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{describeClaim(name, value)}</dd>
            </div>
          ))}
        </dl>
      </section>
      <section className="panel panel-wide" aria-labelledby="token">
        <h2 id="token">
          {localized('token')}
          <button
            type="button"
            className="icon-button"
            onClick={() => void navigator.clipboard.writeText(token)}
            aria-label={localized('copyToken')}
          >
            <CopyIcon />
          </button>
        </h2>
        <code className="token-text" data-testid="token">
          {token}
        </code>
      </section>
    </div>
  );
}

function lifetimeOf({ exp, iat }: Record<string, unknown>): number {
  return typeof exp === 'number' && typeof iat === 'number' ? exp - iat : 60;
}

const TIME_CLAIMS = ['exp', 'iat', 'nbf'];

function describeClaim(name: string, value: unknown): string {
  if (TIME_CLAIMS.includes(name) && typeof value === 'number') {
    return `${value} (${new Date(value * 1000).toLocaleTimeString(formatLocale())})`;
  }
  return typeof value === 'string' ? value : JSON.stringify(value);
}
