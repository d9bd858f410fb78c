import type { Core } from '../core.ts';
import { notFound } from '../errors.ts';
import { logoUrl } from '../resources/organization.ts';
import type { Membership } from '../state/organizations.ts';
import type { Session } from '../state/sessions.ts';
import { authorizationClaims } from './authorization-claims.ts';
import { activeMembership } from './organization-choice.ts';
import { sessionTasks } from './session-tasks.ts';
import { fillShortcodes } from './shortcodes.ts';
import { templateUser } from './template-user.ts';

const DEFAULT_TEMPLATE_LIFETIME_SECONDS = 60;

/**
 * A session token, claims version 2.
 * @param origin the request's `Origin`. Without one the token has no `azp`, and a verifier with `authorizedParties`
 * refuses it, as it refuses real ones.
 * @param membership the organization that it is for; the session's own when left out
 * @param lifetimeSeconds as the settings say when left out
 */
export function mintSessionToken(
  core: Core,
  session: Session,
  origin: string | null,
  membership: Membership | null = activeMembership(core, session),
  lifetimeSeconds = core.settings.tokenLifetimeSeconds,
): Promise<string> {
  const claims = {
    ...fill(core, session, core.settings.sessionTokenClaims),
    ...commonClaims(core, session, origin),
    sid: session.id,
    fva: factorVerificationAge(core, session),
    sts: sessionTasks(core, session).length > 0 ? 'pending' : 'active',
    v: 2,
    ...authorizationClaims(core, core.users.expect(session.userId), membership),
  };
  return core.signer.signToken('session', claims, core.now(), lifetimeSeconds);
}

/**
 * A token made from a JWT template: the template's claims, and no `sid`.
 * @param lifetimeSeconds as the template says when left out
 * @throws {ApiError} `resource_not_found` for an unknown template.
 */
export async function mintTemplateToken(
  core: Core,
  session: Session,
  name: string,
  origin: string | null,
  lifetimeSeconds?: number,
): Promise<string> {
  const template = core.templates.get(name);
  if (!template) throw notFound('JWT template', name);
  const claims = { ...fill(core, session, template.claims), ...commonClaims(core, session, origin) };
  const lifetime = lifetimeSeconds ?? template.lifetimeSeconds ?? DEFAULT_TEMPLATE_LIFETIME_SECONDS;
  return core.signer.signToken('template', claims, core.now(), lifetime);
}

function fill(core: Core, session: Session, claims: Record<string, unknown>): Record<string, unknown> {
  return fillShortcodes(claims, templateValues(core, session)) as Record<string, unknown>;
}

/** The `fva` claim: whole minutes since the first and since the second factor, -1 for never. */
export function factorVerificationAge(core: Core, { firstFactorAt, secondFactorAt }: Session): number[] {
  const minutesSince = (at: number) => Math.max(0, Math.floor((core.now() - at) / 60_000));
  return [minutesSince(firstFactorAt), secondFactorAt === null ? -1 : minutesSince(secondFactorAt)];
}

function commonClaims(core: Core, session: Session, origin: string | null) {
  const { actor, userId } = session;
  return {
    iss: core.url,
    sub: userId,
    ...(origin === null ? {} : { azp: origin }),
    ...(actor === null ? {} : { act: actor }),
  };
}

function templateValues(core: Core, session: Session) {
  const user = templateUser(core, core.users.expect(session.userId));
  return {
    user,
    session: { id: session.id, actor: session.actor },
    org: templateOrganization(core, session),
  };
}

function templateOrganization(core: Core, session: Session) {
  const membership = activeMembership(core, session);
  if (!membership) return null;
  const { id, name, slug, logo } = membership.organization;
  return {
    id,
    name,
    slug,
    role: membership.role,
    image_url: logoUrl(core, membership.organization),
    has_image: logo !== null,
    public_metadata: membership.organization.publicMetadata,
  };
}
