import type { MessageError } from '../../messages/message-error';
import { createNotice } from './notice';

/** Why this page's Clerk and the background are not at one about who is signed in. */
export interface Trouble {
  error: MessageError;
  /** Tries again at once, instead of after the pause. */
  retry: () => void;
}

const notice = createNotice<Trouble>();

/** Says what is in the way, or by `null` that nothing is any more. */
export const tellTrouble = notice.tell;

/** What is in the way of showing who is signed in, `null` when nothing is. */
export const useTrouble = notice.use;
