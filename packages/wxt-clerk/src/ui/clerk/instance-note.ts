import { useClerk, useUser } from '@clerk/chrome-extension';
import { useEffect } from 'react';
import { readInstanceHint, rememberInstance } from '../instance-hint';

/** What of Clerk's environment decides what a page offers (clerk-js 6.40.0, core/resources/Environment.ts). */
interface Environment {
  authConfig: { singleSessionMode: boolean };
  organizationSettings: { enabled: boolean };
}

/** Who of the people is noted: of more than these the first is asked for again. */
const KEPT_PEOPLE = 20;

/**
 * Remembers of the instance what pages without Clerk have to know.
 *
 * @param isWell Has Clerk an answer of the Frontend API? What it starts with otherwise says nothing of the instance.
 */
export function useInstanceNote(isWell: boolean): void {
  const { clerkjs } = useClerk() as unknown as { clerkjs?: { __internal_environment?: Environment | null } };
  const { user } = useUser();
  const environment = isWell ? clerkjs?.__internal_environment : null;
  const isMultiSession = environment && !environment.authConfig.singleSessionMode;
  const hasOrganizations = environment?.organizationSettings.enabled ?? false;
  const userId = user?.id;
  const mayHaveOne = Boolean(user?.createOrganizationEnabled || user?.organizationMemberships.length);
  useEffect(() => {
    if (typeof isMultiSession !== 'boolean') return;
    const { mayHaveOrganizations: known } = readInstanceHint();
    const others = known.filter((id) => id !== userId).slice(1 - KEPT_PEOPLE);
    const isNew = userId !== undefined && mayHaveOne;
    const mayHaveOrganizations = userId === undefined ? known : isNew ? [...others, userId] : others;
    rememberInstance({ isMultiSession, hasOrganizations, mayHaveOrganizations });
  }, [isMultiSession, hasOrganizations, userId, mayHaveOne]);
}
