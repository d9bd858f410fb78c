import type { Context } from 'hono';
import type { Env } from '../context.ts';
import type { Core } from '../core.ts';
import { ApiError, formError, notFound } from '../errors.ts';
import type { Form } from '../form.ts';
import { generateId } from '../state/ids.ts';
import { ENROLLMENT_MODES, type EnrollmentMode, type OrganizationDomain } from '../state/joining.ts';
import { sendCode } from '../state/verification.ts';
import { normalizeEmailAddress } from './email-address.ts';
import { expectMember, type Member } from './organizations.ts';

/** Some of those that everybody can have an address of. */
const COMMON_DOMAINS = ['gmail.com', 'hotmail.com', 'icloud.com', 'outlook.com', 'proton.me', 'yahoo.com'];

/** @throws {ApiError} as `expectMember`, and `organization_domains_not_enabled` */
export function expectDomainManager(c: Context<Env>, core: Core): Member {
  const member = expectMember(c, core, 'org:sys_domains:manage');
  if (!core.settings.organizationDomains) throw new ApiError('organization_domains_not_enabled');
  return member;
}

/** The domain of the path, to somebody who manages it. @throws {ApiError} as above, and `resource_not_found` */
export function expectDomain(c: Context<Env>, core: Core): OrganizationDomain {
  const { organization } = expectDomainManager(c, core);
  const id = c.req.param('domainId') ?? '';
  const domain = core.organizationDomains.find(id);
  if (domain?.organizationId !== organization.id) throw notFound('organization domain', id);
  return domain;
}

/** A domain as the form has it. @throws {ApiError} `form_param_format_invalid`, `organization_domain_common`, `organization_domain_already_exists` */
export function newDomain(core: Core, organizationId: string, form: Form): OrganizationDomain {
  const name = form.required('name').toLowerCase();
  if (!/^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(name)) throw formError('form_param_format_invalid', 'name');
  if (COMMON_DOMAINS.includes(name)) throw formError('organization_domain_common', 'name');
  const isTaken = core.organizationDomains.all().some((domain) => domain.name === name);
  if (isTaken) throw formError('organization_domain_already_exists', 'name');
  const now = core.now();
  return {
    id: generateId('orgdmn'),
    organizationId,
    name,
    enrollmentMode:
      form.optional('enrollment_mode') === null ? 'manual_invitation' : readEnrollmentMode(form),
    affiliationEmailAddress: null,
    verification: null,
    verifiedAt: null,
    createdAt: now,
    updatedAt: now,
  };
}

/** Mails a code to an address of the domain. @throws {ApiError} `organization_domain_mismatch` */
export function prepareDomain(core: Core, domain: OrganizationDomain, form: Form): void {
  const field = 'affiliation_email_address';
  const recipient = normalizeEmailAddress(form.required(field), field);
  if (!recipient.endsWith(`@${domain.name}`)) throw formError('organization_domain_mismatch', field);
  const purpose = 'verify-organization-domain';
  domain.verification = sendCode(core.mailbox, {
    recipient,
    strategy: 'email_code',
    purpose,
    now: core.now(),
  });
  domain.affiliationEmailAddress = recipient;
}

/** What is done with the people of a domain. @throws {ApiError} `form_param_missing`, `form_param_value_invalid` */
export function readEnrollmentMode(form: Form): EnrollmentMode {
  const mode = form.required('enrollment_mode');
  const known = ENROLLMENT_MODES.find((candidate) => candidate === mode);
  if (!known) throw formError('form_param_value_invalid', 'enrollment_mode');
  return known;
}
