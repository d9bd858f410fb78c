import { verifyWebhook } from '@clerk/express/webhooks';
import type { Request } from 'express';
import { ApiError } from '../http/api-error.ts';

/** A webhook that is Clerk's. */
export interface WebhookMessage {
  /** The same when it is sent again. */
  id: string;
  type: string;
  /** Of the event, not of the attempt; Unix ms. */
  happenedAt: number;
  data: unknown;
}

const HEADERS = ['svix-id', 'svix-timestamp', 'svix-signature'];

// What the verification allows: https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
const TOLERANCE_SECONDS = 5 * 60;

/**
 * Verifies a webhook.
 * @param signingSecret `whsec_…`
 * @throws {ApiError} `webhook-secret-missing`, `webhook-headers-missing`, `webhook-timestamp-stale`, `webhook-signature-wrong`
 */
export async function verifyMessage(request: Request, signingSecret: string | null): Promise<WebhookMessage> {
  if (signingSecret === null)
    throw new ApiError(
      'webhook-secret-missing',
      'CLERK_WEBHOOK_SIGNING_SECRET is not set: webhooks are refused.',
    );
  const missing = HEADERS.filter((name) => !request.get(name)?.trim());
  if (missing.length > 0)
    throw new ApiError(
      'webhook-headers-missing',
      `These headers of a webhook are missing: ${missing.join(', ')}.`,
    );
  const sentAt = Number.parseInt(request.get('svix-timestamp') ?? '', 10);
  const event = await verifyWebhook(request, { signingSecret }).catch(() => {
    throw Math.abs(Date.now() / 1000 - sentAt) > TOLERANCE_SECONDS
      ? new ApiError(
          'webhook-timestamp-stale',
          'The webhook was signed more than five minutes ago, or in the future.',
        )
      : new ApiError(
          'webhook-signature-wrong',
          'The webhook is not signed with CLERK_WEBHOOK_SIGNING_SECRET.',
        );
  });
  const { type, data, timestamp } = event as { type: string; data: unknown; timestamp?: number };
  const id = request.get('svix-id')?.trim() ?? '';
  return { id, type, data, happenedAt: timestamp ?? sentAt * 1000 };
}
