import { useEffect, useState } from 'react';
import type { UserSnapshot } from '../messages/protocol';
import { sendMessage } from '../messages/send-message';
import { localized } from '../shared/i18n';
import { useOpenView } from './account-page';
import { ChevronIcon, OrganizationIcon } from './icons';
import { useInstanceHint } from './useInstanceHint';

/** In which organization the person is, and the way to the others. Nothing for who can be in none. */
export function OrganizationAction({ user }: { user: UserSnapshot }) {
  const openView = useOpenView();
  const isOffered = useHasOrganizations(user);
  if (!openView || !isOffered) return null;
  return (
    <button
      type="button"
      className="wxt-clerk-action"
      title={localized('switchOrganization')}
      onClick={() => openView('organizations')}
    >
      <OrganizationPicture url={user.organizationImageUrl} />
      <span>{organizationName(user)}</span>
      <ChevronIcon />
    </button>
  );
}

function organizationName({
  organizationId,
  organizationName: name,
  organizationSlug,
}: UserSnapshot): string {
  return organizationId ? (name ?? organizationSlug ?? organizationId) : localized('personalAccount');
}

function OrganizationPicture({ url }: { url: string | null }) {
  if (!url) return <OrganizationIcon />;
  return <img className="wxt-clerk-organization-picture" src={url} alt="" width={20} height={20} />;
}

/** Is this person in an organization, or may they create one? */
function useHasOrganizations({ userId, sessionId, organizationId }: UserSnapshot): boolean {
  const { hasOrganizations, mayHaveOrganizations } = useInstanceHint();
  const isKnown = Boolean(organizationId) || mayHaveOrganizations.includes(userId);
  const isMember = useIsMember(userId, sessionId, hasOrganizations && !isKnown);
  return isMember || (isKnown && (hasOrganizations || Boolean(organizationId)));
}

/** Somebody may have been taken into an organization since a page last had Clerk: the background is asked. */
function useIsMember(userId: string, sessionId: string, isUnknown: boolean): boolean {
  const [memberId, setMemberId] = useState<string | null>(null);
  useEffect(() => {
    if (!isUnknown) return;
    let isOver = false;
    sendMessage('list-organizations', { sessionId }).then(
      ({ length }) => isOver || setMemberId(length > 0 ? userId : null),
      // The next page asks again.
      () => {},
    );
    return () => {
      isOver = true;
    };
  }, [userId, sessionId, isUnknown]);
  return memberId === userId;
}
