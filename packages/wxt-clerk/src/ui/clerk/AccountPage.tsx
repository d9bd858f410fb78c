import { UserProfile } from '@clerk/chrome-extension';
import { useState } from 'react';
import { authStore } from '../../client/auth-store';
import { keptRoute } from '../account-page';
import { startAtRoute } from './route';

/** Clerk's own account page. */
export function AccountPage() {
  // The route may still be a step of the sign-in form, which the account page would take for one of its own.
  useState(() => startAtRoute(keptRoute(authStore.get().user?.userId) ?? '/'));
  return <UserProfile routing="hash" />;
}
