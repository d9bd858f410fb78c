import { ClerkProvider, Show, SignIn, UserButton, useUser } from '@clerk/chrome-extension';
import { createRoot } from 'react-dom/client';
import { browser } from '#imports';

const publishableKey = import.meta.env.WXT_CLERK_PUBLISHABLE_KEY ?? '';
const popupUrl = browser.runtime.getURL('/popup.html');

function Person() {
  const { user } = useUser();
  return (
    <header>
      <p>{user?.fullName}</p>
      <UserButton />
    </header>
  );
}

createRoot(document.getElementById('root') as HTMLElement).render(
  <ClerkProvider
    publishableKey={publishableKey}
    afterSignOutUrl={popupUrl}
    signInFallbackRedirectUrl={popupUrl}
    signUpFallbackRedirectUrl={popupUrl}
  >
    <Show when="signed-out">
      <SignIn routing="hash" />
    </Show>
    <Show when="signed-in">
      <Person />
    </Show>
  </ClerkProvider>,
);
