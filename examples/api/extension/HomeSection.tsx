import { lazy } from 'react';
import { access } from 'wxt-clerk/client';

// Not at all where the build names no API.
const Notes = lazy(() => import('./Notes'));

/** What this example adds to popup and panel: the notes that the API keeps. */
export default function HomeSection() {
  return access.apiOrigins.length > 0 && <Notes />;
}
