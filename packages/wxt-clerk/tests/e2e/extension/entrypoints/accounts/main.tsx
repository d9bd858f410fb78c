import { useEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';
import {
  PinnedSession,
  Show,
  useAuth,
  useOrganization,
  useOrganizationList,
  useSession,
  useUser,
} from 'wxt-clerk/react';

/** All that the hooks tell of a session, without Clerk in the page. */
function Account() {
  const { isSignedIn, userId, sessionId, orgId, orgRole, sessionClaims } = useAuth();
  const { user } = useUser();
  const { session } = useSession();
  const { organization, membership } = useOrganization();
  const { userMemberships } = useOrganizationList();
  const lines = {
    person: isSignedIn === false ? 'Nobody is signed in' : user?.fullName,
    email: user?.primaryEmailAddress?.emailAddress,
    ids: [userId, sessionId, session?.id, session?.user?.id, orgId].join(' '),
    organization: `${organization?.name ?? 'none'} ${membership?.role ?? ''} ${orgRole ?? ''}`,
    organizations: userMemberships.data?.map((each) => `${each.organization.name} ${each.role}`).join(', '),
    claims: JSON.stringify(sessionClaims ?? null),
  };
  return (
    <>
      {Object.entries(lines).map(([name, text]) => (
        <p key={name} id={name}>
          {text}
        </p>
      ))}
      <Show when={{ role: 'org:admin' }} fallback={<p>Not for you</p>}>
        <h2>Administration</h2>
      </Show>
      <Token />
    </>
  );
}

/** Asks for a token again and again, and shows it. */
function Token() {
  const { getToken } = useAuth();
  const [token, setToken] = useState<string | null>(null);
  useEffect(() => {
    const ask = () => getToken().then(setToken, () => {});
    const timer = setInterval(ask, 50);
    return () => clearInterval(timer);
  }, [getToken]);
  return <p id="token">{token && atob(token.split('.')[1]?.replace(/-/g, '+').replace(/_/g, '/') ?? '')}</p>;
}

const pinnedId = new URLSearchParams(location.search).get('session');
const root = document.querySelector('#root');
if (root)
  createRoot(root).render(
    pinnedId === null ? (
      <Account />
    ) : (
      <PinnedSession sessionId={pinnedId}>
        <Account />
      </PinnedSession>
    ),
  );
