import { OrganizationList as ClerkOrganizationList, OrganizationProfile } from '@clerk/chrome-extension';
import { useState } from 'react';
import { authStore } from '../../client/auth-store';
import { keptRoute } from '../account-page';
import { DONE_URL } from './flow';
import { startAtRoute } from './route';

/** The organizations that a person can choose, join or create. */
export function OrganizationList() {
  // The list has no steps, but Clerk's router reads where it is.
  useState(() => startAtRoute('/'));
  // Clerk's own addresses for what comes next are of the instance's web app.
  return (
    <ClerkOrganizationList
      afterSelectOrganizationUrl={DONE_URL}
      afterSelectPersonalUrl={DONE_URL}
      afterCreateOrganizationUrl={DONE_URL}
    />
  );
}

/** The active organization: its profile, members and invitations. */
export function OrganizationPage() {
  useState(() => startAtRoute(keptRoute(authStore.get().user?.userId, 'organization') ?? '/'));
  return <OrganizationProfile routing="hash" afterLeaveOrganizationUrl={DONE_URL} />;
}
