import type { Core } from '../../core.ts';
import { userJson } from '../../resources/user.ts';
import type { User } from '../../state/users.ts';

/** A user as the app's server sees it: with private metadata, and without what the Frontend API adds. */
export function backendUserJson(core: Core, user: User) {
  const { organization_memberships: _, profile_image_id: __, ...shared } = userJson(core, user);
  return {
    ...shared,
    passkeys: shared.passkeys.map(({ created_at: _, updated_at: __, ...passkey }) => passkey),
    profile_image_url: shared.image_url,
    locale: null,
    private_metadata: user.privateMetadata,
    password_last_updated_at: null,
    create_organizations_limit: null,
    deprovisioned: false,
    bypass_client_trust: false,
  };
}
