import type { Core } from '../core.ts';
import { ApiError } from '../errors.ts';
import type { Form } from '../form.ts';
import type { Client } from '../state/clients.ts';
import type { EmailLink, LinkVerification } from '../state/email-links.ts';
import { randomSecret } from '../state/single-sign-on.ts';

/** The strategy of a proof by a link. */
export const EMAIL_LINK = 'email_link';
/** As at Clerk. */
const LINK_LIFETIME_MS = 10 * 60 * 1000;

/** Which browser asks for a link. */
export interface LinkSender {
  client: Client;
  userAgent: string;
}

/** Mails a link; an earlier one stops working because its verification is replaced. */
export function sendLink(
  core: Core,
  { client, userAgent }: LinkSender,
  { recipient, ...target }: Pick<EmailLink, 'purpose' | 'targetId' | 'userId'> & { recipient: string },
  form: Form,
): LinkVerification {
  const verification: LinkVerification = {
    status: 'unverified',
    strategy: EMAIL_LINK,
    attempts: 0,
    expireAt: core.now() + LINK_LIFETIME_MS,
    verifiedAtClient: null,
  };
  const token = randomSecret();
  const redirectUrl = form.optional('redirect_url');
  core.emailLinks.add(token, { ...target, clientId: client.id, verification, redirectUrl, userAgent });
  const link = `${core.url}/v1/verify?token=${token}`;
  core.mailbox.send({ emailAddress: recipient, code: '', link, purpose: target.purpose });
  return verification;
}

/** @throws {ApiError} `verification_link_token_invalid` */
export function expectLink(core: Core, token: string | undefined): EmailLink {
  const link = token === undefined ? null : core.emailLinks.find(token);
  if (!link) throw new ApiError('verification_link_token_invalid');
  return link;
}
