import { MessageError } from '../messages/message-error';

/** The Frontend API could not be reached, or gave no answer that helps. */
export function unavailable(): MessageError {
  return new MessageError(navigator.onLine ? 'unavailable' : 'offline');
}
