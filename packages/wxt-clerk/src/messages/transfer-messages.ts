import type * as v from 'valibot';
import { transferOptions } from './core-messages';
import { type Message, message } from './message';

/**
 * The messages of requests with files, which only the extension's own pages may send. What they carry and their answers go
 * through a channel (`shared/transfer.ts`). Each is answered at once, with the life of the background: in another one nothing is
 * known of the request.
 *
 * @param receive Takes over what the page wants to send; `null` when nothing comes.
 */
export function transferMessages(
  receive: (options: v.InferOutput<typeof transferOptions>) => Promise<number | null>,
) {
  return {
    /** Begins a request; `null` when the page and the background have no channel in common. */
    'clerk-transfer': message({
      schema: transferOptions,
      from: 'own-pages',
      handle: receive,
    }),
    /** A page waits for one: to the browsers a background that is asked something is in use. */
    'clerk-keep-awake': message({ from: 'own-pages', handle: () => performance.timeOrigin }),
  } satisfies Record<string, Message>;
}

export type TransferMessages = ReturnType<typeof transferMessages>;
