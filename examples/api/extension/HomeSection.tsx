import { type ComponentType, lazy, Suspense } from 'react';
import { access } from 'wxt-clerk/client';

// Not before the person is shown, and not at all where the build names no API.
const Notes = lazy(() => import('./Notes'));

/** What this example adds to popup and panel: the notes that the API keeps. */
export const HomeSection: ComponentType = () =>
  access.apiOrigins.length > 0 && (
    <Suspense>
      <Notes />
    </Suspense>
  );
