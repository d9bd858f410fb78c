import { type Context, Hono } from 'hono';
import { type Env, enveloped } from '../context.ts';
import type { Core } from '../core.ts';
import { enroll, withdraw } from '../flows/joining.ts';
import {
  expectDomain,
  expectDomainManager,
  newDomain,
  prepareDomain,
  readEnrollmentMode,
} from '../flows/organization-domains.ts';
import { expectMember } from '../flows/organizations.ts';
import { readForm } from '../form.ts';
import { rateLimit } from '../middleware/rate-limit.ts';
import { paged, queryFilter } from '../paging.ts';
import { domainJson } from '../resources/joining.ts';
import { deletedJson } from '../resources/user.ts';
import type { OrganizationDomain } from '../state/joining.ts';
import { moveOn } from '../state/updated-at.ts';
import { attemptCode } from '../state/verification.ts';

const PATH = '/organizations/:organizationId/domains';

/** Domains whose people belong to an organization. */
export function organizationDomainRoutes(core: Core): Hono<Env> {
  return new Hono<Env>()
    .get(PATH, (c) => {
      const { organization } = expectMember(c, core, 'org:sys_domains:read');
      const isAsked = queryFilter(c, 'enrollment_mode');
      const verified = c.req.query('verified');
      const found = core.organizationDomains
        .all()
        .filter(({ organizationId }) => organizationId === organization.id)
        .filter(({ enrollmentMode }) => isAsked(enrollmentMode))
        .filter(
          ({ verifiedAt }) => verified === undefined || (verifiedAt !== null) === (verified === 'true'),
        );
      const page = paged(c, found, (domain) => domainJson(core, domain));
      return enveloped(c, core, page);
    })
    .post(PATH, async (c) => {
      const { organization } = expectDomainManager(c, core);
      const domain = newDomain(core, organization.id, await readForm(c));
      return answer(c, core, core.organizationDomains.add(domain));
    })
    .get(`${PATH}/:domainId`, (c) => answer(c, core, expectDomain(c, core)))
    .delete(`${PATH}/:domainId`, (c) => {
      const domain = expectDomain(c, core);
      withdraw(core, domain);
      core.organizationDomains.remove(({ id }) => id === domain.id);
      return enveloped(c, core, deletedJson('organization_domain', domain.id));
    })
    .post(`${PATH}/:domainId/update_enrollment_mode`, async (c) => {
      const domain = expectDomain(c, core);
      const form = await readForm(c);
      domain.enrollmentMode = readEnrollmentMode(form);
      if (form.optional('delete_pending') === 'true') withdraw(core, domain);
      enroll(core, domain);
      return answerChanged(c, core, domain);
    })
    .route('/', verificationRoutes(core));
}

/** By a code to an address of the domain. */
function verificationRoutes(core: Core): Hono<Env> {
  return new Hono<Env>()
    .post(`${PATH}/:domainId/prepare_affiliation_verification`, async (c) => {
      const domain = expectDomain(c, core);
      prepareDomain(core, domain, await readForm(c));
      return answerChanged(c, core, domain);
    })
    .post(`${PATH}/:domainId/attempt_affiliation_verification`, rateLimit(core, 'attempts'), async (c) => {
      const domain = expectDomain(c, core);
      attemptCode(domain.verification, (await readForm(c)).required('code'), core.now());
      domain.verifiedAt = core.now();
      enroll(core, domain);
      return answerChanged(c, core, domain);
    });
}

function answer(c: Context<Env>, core: Core, domain: OrganizationDomain): Promise<Response> {
  return enveloped(c, core, domainJson(core, domain));
}

function answerChanged(c: Context<Env>, core: Core, domain: OrganizationDomain): Promise<Response> {
  moveOn(domain, core.now());
  return answer(c, core, domain);
}
