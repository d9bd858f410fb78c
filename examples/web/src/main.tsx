import { ClerkProvider } from '@clerk/react';
import { createRoot } from 'react-dom/client';
import { App } from './App';
import { BACK_TO_EXTENSION, BackToExtension } from './BackToExtension';

const publishableKey = import.meta.env.VITE_CLERK_PUBLISHABLE_KEY;
if (!publishableKey)
  throw new Error(
    'VITE_CLERK_PUBLISHABLE_KEY is not set. Put the publishable key of your extension into .env.local.',
  );

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element "root".');
createRoot(root).render(
  // The page that a link in a mail leads to shows no session: it needs no Clerk.
  window.location.pathname === BACK_TO_EXTENSION ? (
    <BackToExtension />
  ) : (
    <ClerkProvider publishableKey={publishableKey} telemetry={false} afterSignOutUrl="/">
      <App />
    </ClerkProvider>
  ),
);
