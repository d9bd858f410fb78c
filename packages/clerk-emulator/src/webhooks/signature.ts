import { randomBytes } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import type { WebhookDefect } from './types.ts';

/** Twice what a receiver allows: https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md */
const OFF_MS = 10 * 60 * 1000;

export const WEBHOOK_DEFECTS = [
  'wrong-signature',
  'other-secret',
  'changed-body',
  'stale-timestamp',
  'future-timestamp',
  'missing-id',
  'missing-timestamp',
  'missing-signature',
] as const satisfies WebhookDefect[];

const SHIFTS: Partial<Record<WebhookDefect, number>> = {
  'stale-timestamp': -OFF_MS,
  'future-timestamp': OFF_MS,
};
const MISSING: Partial<Record<WebhookDefect, string>> = {
  'missing-id': 'svix-id',
  'missing-timestamp': 'svix-timestamp',
  'missing-signature': 'svix-signature',
};

/** A signing secret in Svix's form. */
export function createSigningSecret(): string {
  return `whsec_${randomBytes(24).toString('base64')}`;
}

export interface SignedRequest {
  headers: Record<string, string>;
  body: string;
}

/**
 * What is sent of a message, signed as Svix signs it for Clerk.
 * @param secret of the endpoint
 * @param defect what shall be wrong with it
 */
export function signedRequest(
  secret: string,
  messageId: string,
  body: string,
  defect: WebhookDefect | null,
): SignedRequest {
  const at = new Date(Date.now() + ((defect && SHIFTS[defect]) ?? 0));
  const key = defect === 'other-secret' ? createSigningSecret() : secret;
  const signature = new Webhook(key).sign(messageId, at, body);
  const headers: Record<string, string> = {
    'content-type': 'application/json',
    'user-agent': 'Svix-Webhooks/1.0 (clerk-emulator)',
    'svix-id': messageId,
    'svix-timestamp': String(Math.floor(at.getTime() / 1000)),
    'svix-signature': defect === 'wrong-signature' ? spoiled(signature) : signature,
  };
  const missing = defect && MISSING[defect];
  if (missing) delete headers[missing];
  // Still JSON, and of the same meaning: only the bytes tell.
  return { headers, body: defect === 'changed-body' ? `${body}\n` : body };
}

/** In the right form, but of other bytes. */
function spoiled(signature: string): string {
  const [version = '', base64 = ''] = signature.split(',');
  const bytes = Buffer.from(base64, 'base64').map((byte) => byte ^ 0xff);
  return `${version},${Buffer.from(bytes).toString('base64')}`;
}
