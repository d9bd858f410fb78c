import { ClerkLoaded, ClerkLoading, SignIn, SignOutButton, useUser } from '@clerk/react';

/** Who is signed in, and the way in and out. */
export function App() {
  return (
    <main>
      <h1>A web app</h1>
      <ClerkLoading>
        <p>Loading…</p>
      </ClerkLoading>
      <ClerkLoaded>
        <Session />
      </ClerkLoaded>
    </main>
  );
}

function Session() {
  const { user } = useUser();
  if (!user) return <SignIn routing="hash" />;
  return (
    <>
      <p>Signed in as {user.fullName ?? user.primaryEmailAddress?.emailAddress}.</p>
      <SignOutButton>
        <button type="button">Sign out</button>
      </SignOutButton>
    </>
  );
}
