import type { Context } from 'hono';
import type { Env } from '../context.ts';
import { COUNT_OR_NULL, JSON_OBJECT, type Rule, TEXT } from '../control-input.ts';
import type { Core } from '../core.ts';
import { ApiError, formError } from '../errors.ts';
import type { MetadataFields } from '../flows/metadata.ts';
import type { Organization } from '../state/organizations.ts';
import { hasOrganizations } from '../state/settings.ts';

export type ServerMetadata = Pick<MetadataFields, 'public_metadata' | 'private_metadata'>;

/** Organizations and memberships have no unsafe kind. */
export const SERVER_METADATA_RULES: Record<keyof ServerMetadata, Rule> = {
  public_metadata: JSON_OBJECT,
  private_metadata: JSON_OBJECT,
};

interface Profile {
  name: string;
  slug: string;
  max_allowed_memberships: number | null;
}

/** What `PATCH /v1/organizations/:id` takes; since version 2026-05-12 no metadata. */
export type ChangedOrganization = Profile;

export const CHANGED_ORGANIZATION_RULES: Record<keyof ChangedOrganization, Rule> = {
  name: TEXT,
  slug: TEXT,
  max_allowed_memberships: COUNT_OR_NULL,
};

/** What `POST /v1/organizations` takes. */
export interface CreatedOrganization extends Profile, Required<ServerMetadata> {
  created_by: string;
}

export const CREATED_ORGANIZATION_RULES: Record<keyof CreatedOrganization, Rule> = {
  ...CHANGED_ORGANIZATION_RULES,
  ...SERVER_METADATA_RULES,
  created_by: TEXT,
};

/**
 * The organization of the path, by id or slug.
 * @throws {ApiError} `organization_not_enabled_in_instance`, `resource_not_found`
 */
export function expectOrganization(c: Context<Env>, core: Core): Organization {
  assertOrganizations(core);
  const organization = core.organizations.find(c.req.param('organizationId') ?? '');
  if (organization) return organization;
  throw new ApiError('resource_not_found', { longMessage: 'Given organization not found.' });
}

/** @throws {ApiError} `organization_not_enabled_in_instance` */
export function assertOrganizations({ settings }: Core): void {
  if (!hasOrganizations(settings)) throw new ApiError('organization_not_enabled_in_instance');
}

/** @throws {ApiError} `organization_slugs_disabled`, `form_param_format_invalid`, `form_identifier_exists` */
export function assertFreeSlug(core: Core, slug: string, own: Organization | null = null): void {
  if (!core.settings.organizationSlugs) throw new ApiError('organization_slugs_disabled');
  if (!/^[a-z0-9-]+$/.test(slug)) throw formError('form_param_format_invalid', 'slug');
  const owner = core.organizations.find(slug);
  if (owner && owner !== own) throw formError('form_identifier_exists', 'slug');
}
