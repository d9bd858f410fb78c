import type { Context } from 'hono';
import type { Env } from '../context.ts';
import { COUNT_OR_NULL, JSON_OBJECT, type Rule, TEXT } from '../control-input.ts';
import type { Core } from '../core.ts';
import { ApiError } from '../errors.ts';
import type { MetadataFields } from '../flows/metadata.ts';
import { assertOrganizations } from '../flows/organizations.ts';
import type { Organization } from '../state/organizations.ts';

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
