import { type Context, Hono } from 'hono';
import { type Env, enveloped } from '../context.ts';
import type { Core } from '../core.ts';
import { ApiError, formError, notFound } from '../errors.ts';
import { normalizeEmailAddress } from '../flows/email-address.ts';
import { enroll, withdraw } from '../flows/joining.ts';
import { expectMember } from '../flows/organizations.ts';
import { type Form, readForm } from '../form.ts';
import { rateLimit } from '../middleware/rate-limit.ts';
import { paged, queryList } from '../paging.ts';
import { domainJson } from '../resources/joining.ts';
import { deletedJson } from '../resources/user.ts';
import { generateId } from '../state/ids.ts';
import { ENROLLMENT_MODES, type EnrollmentMode, type OrganizationDomain } from '../state/joining.ts';
import { attemptCode, sendCode } from '../state/verification.ts';

/** Some of those that everybody can have an address of. */
const COMMON_DOMAINS = ['gmail.com', 'hotmail.com', 'icloud.com', 'outlook.com', 'proton.me', 'yahoo.com'];

/** Domains whose people belong to an organization. */
export function organizationDomainRoutes(core: Core): Hono<Env> {
  const path = '/organizations/:organizationId/domains';
  const expectManager = (c: Context<Env>) => {
    const member = expectMember(c, core, 'org:sys_domains:manage');
    if (!core.settings.organizationDomains) throw new ApiError('organization_domains_not_enabled');
    return member;
  };
  const expectOwn = (c: Context<Env>) => {
    const { organization } = expectManager(c);
    const id = c.req.param('domainId') ?? '';
    const domain = core.organizationDomains.find(id);
    if (domain?.organizationId !== organization.id) throw notFound('organization domain', id);
    return domain;
  };
  const answer = (c: Context<Env>, domain: OrganizationDomain) =>
    enveloped(c, core, domainJson(core, domain));
  const answerChanged = (c: Context<Env>, domain: OrganizationDomain) => {
    domain.updatedAt = Math.max(core.now(), domain.updatedAt + 1);
    return answer(c, domain);
  };

  return new Hono<Env>()
    .get(path, (c) => {
      const { organization } = expectMember(c, core, 'org:sys_domains:read');
      const modes = queryList(c, 'enrollment_mode');
      const verified = c.req.query('verified');
      const found = core.organizationDomains
        .all()
        .filter(({ organizationId }) => organizationId === organization.id)
        .filter(({ enrollmentMode }) => modes === null || modes.includes(enrollmentMode))
        .filter(
          ({ verifiedAt }) => verified === undefined || (verifiedAt !== null) === (verified === 'true'),
        );
      return enveloped(
        c,
        core,
        paged(c, found, (domain) => domainJson(core, domain)),
      );
    })
    .post(path, async (c) => {
      const { organization } = expectManager(c);
      const form = await readForm(c);
      return answer(c, core.organizationDomains.add(newDomain(core, organization.id, form)));
    })
    .get(`${path}/:domainId`, (c) => answer(c, expectOwn(c)))
    .delete(`${path}/:domainId`, (c) => {
      const domain = expectOwn(c);
      withdraw(core, domain);
      core.organizationDomains.remove(({ id }) => id === domain.id);
      return enveloped(c, core, deletedJson('organization_domain', domain.id));
    })
    .post(`${path}/:domainId/update_enrollment_mode`, async (c) => {
      const domain = expectOwn(c);
      const form = await readForm(c);
      domain.enrollmentMode = readMode(form);
      if (form.optional('delete_pending') === 'true') withdraw(core, domain);
      enroll(core, domain);
      return answerChanged(c, domain);
    })
    .post(`${path}/:domainId/prepare_affiliation_verification`, async (c) => {
      const domain = expectOwn(c);
      prepare(core, domain, await readForm(c));
      return answerChanged(c, domain);
    })
    .post(`${path}/:domainId/attempt_affiliation_verification`, rateLimit(core, 'attempts'), async (c) => {
      const domain = expectOwn(c);
      attemptCode(domain.verification, (await readForm(c)).required('code'), core.now());
      domain.verifiedAt = core.now();
      enroll(core, domain);
      return answerChanged(c, domain);
    });
}

/** @throws {ApiError} `form_param_format_invalid`, `organization_domain_common`, `organization_domain_already_exists` */
function newDomain(core: Core, organizationId: string, form: Form): OrganizationDomain {
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
    enrollmentMode: form.optional('enrollment_mode') === null ? 'manual_invitation' : readMode(form),
    affiliationEmailAddress: null,
    verification: null,
    verifiedAt: null,
    createdAt: now,
    updatedAt: now,
  };
}

/** Mails a code to an address of the domain. @throws {ApiError} `organization_domain_mismatch` */
function prepare(core: Core, domain: OrganizationDomain, form: Form): void {
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

/** @throws {ApiError} `form_param_missing`, `form_param_value_invalid` */
function readMode(form: Form): EnrollmentMode {
  const mode = form.required('enrollment_mode');
  const known = ENROLLMENT_MODES.find((candidate) => candidate === mode);
  if (!known) throw formError('form_param_value_invalid', 'enrollment_mode');
  return known;
}
