import { ERROR_SENTENCES } from './message-error';

/**
 * What only the extension's own pages can fail with, in one sentence each: neither the background nor content scripts nor what a
 * page begins with has any of these. Imported by what can fail with one of them; in other languages they are in
 * `shared/texts/page-errors.ts`.
 */
export const PAGE_SENTENCES = {
  'request-too-large': 'That is too much to send at once. Send less, or in several parts.',
  'response-invalid':
    'The API’s answer is not what this version of the extension expects. Update the extension.',
  'transfer-unavailable':
    'This window did not hand over the request in time. Try again, in one that is neither private nor of a container.',
  'reverification-cancelled': 'You have not confirmed that it is you. Try again, and confirm it.',
} as const;

export type PageErrorCode = keyof typeof PAGE_SENTENCES;

Object.assign(ERROR_SENTENCES, PAGE_SENTENCES);
