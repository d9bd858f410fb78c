import type { Core } from '../core.ts';
import { ApiError } from '../errors.ts';
import type { Ticket } from '../state/tickets.ts';

const USED = {
  sign_in_token: 'sign_in_token_already_used_code',
  actor_token: 'actor_token_already_used_code',
  invitation: 'ticket_invalid_code',
} as const;

/**
 * Takes a ticket, which works once.
 * @param check throws when the ticket's user may not use it now; the ticket stays good then
 * @throws {ApiError} `ticket_invalid_code`, `ticket_expired_code`, `…_already_used_code`
 */
export function useTicket(
  core: Core,
  text: string,
  kinds: Array<Ticket['kind']>,
  check: (userId: string | null) => void = () => {},
): Ticket {
  const ticket = core.tickets.find(text);
  if (!ticket || !kinds.includes(ticket.kind)) throw new ApiError('ticket_invalid_code');
  if (ticket.isUsed) throw new ApiError(USED[ticket.kind]);
  if (core.now() > ticket.expireAt) throw new ApiError('ticket_expired_code');
  check(ticket.userId);
  ticket.isUsed = true;
  return ticket;
}
