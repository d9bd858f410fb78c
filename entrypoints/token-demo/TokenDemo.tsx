import { useState } from 'react';
import {
  decodeJwt,
  formatLocale,
  type MessageError,
  type SessionToken,
  toMessageError,
} from 'wxt-clerk/client';
import { useAuth, useUser } from 'wxt-clerk/react';
import { ErrorNotice, PageShell, useSecondsLeft } from 'wxt-clerk/ui';
import { CopyIcon, TokenIcon } from './icons';
import { formatRemaining } from './remaining';
import './style.css';
import { localized } from '../../utils/localized';
import { sendMessage } from '../../utils/messages';

/** The tab that asks the background for a token and shows what it got. */
export function TokenDemo() {
  const { sessionId } = useAuth();
  const { user } = useUser();
  const { token, isSignedOut, error, isAsking, ask } = useToken();
  // Nor the token of a person who signed out meanwhile.
  const shown = user && claimedSession(token) === sessionId ? token : null;

  return (
    <PageShell place="tab" title={localized('tokenDemo')}>
      <p className="lead">{localized('tokenDemoLead')}</p>
      <div className="token-ask">
        <button
          type="button"
          className="wxt-clerk-button wxt-clerk-button-primary"
          onClick={ask}
          disabled={isAsking}
        >
          <TokenIcon />
          {localized(isAsking ? 'gettingToken' : 'getToken')}
        </button>
        <p className="token-who" role="status">
          {user &&
            localized('signedInAs', user.fullName ?? user.primaryEmailAddress?.emailAddress ?? user.id)}
          {(user === null || (isSignedOut && !user)) && localized('signInFirst')}
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
      <section className="fact" aria-labelledby="validity">
        <h2 id="validity">{localized('validFor')}</h2>
        <p
          className={secondsLeft > 0 ? 'countdown' : 'countdown countdown-over'}
          data-seconds-left={secondsLeft}
        >
          {secondsLeft > 0 ? formatRemaining(secondsLeft) : localized('expired')}
        </p>
        <progress max={lifetimeOf(claims)} value={secondsLeft} aria-label={localized('timeLeft')} />
      </section>
      <section className="fact" aria-labelledby="claims">
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
      <section className="fact fact-wide" aria-labelledby="token">
        <h2 id="token">
          {localized('token')}
          <button
            type="button"
            className="wxt-clerk-icon-button"
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
