import * as v from 'valibot';
import { ApiError } from '../http/api-error.ts';
import type { Store } from '../store/store.ts';

/** Changes the store. `happenedAt` is in Unix ms. Whichever event comes first, the store is the same in the end. */
type Handler = (store: Store, data: unknown, happenedAt: number) => void;

const WithId = v.object({ id: v.string() });

const User = v.object({
  id: v.string(),
  first_name: v.nullish(v.string()),
  last_name: v.nullish(v.string()),
  updated_at: v.number(),
});

const Membership = v.object({
  organization: WithId,
  public_user_data: v.object({ user_id: v.string() }),
});

/** The events that change something here; any other is taken note of. */
export const EVENTS = new Map<string, Handler>([
  ['user.created', keepPerson],
  ['user.updated', keepPerson],
  ['user.deleted', forgetPerson],
  ['organization.deleted', forgetOrganization],
  ['organizationMembership.updated', refuseOlderRole],
  ['organizationMembership.deleted', refuseFormerMember],
  ['session.ended', endSession],
  ['session.removed', endSession],
  ['session.revoked', endSession],
]);

function keepPerson({ people, revocations }: Store, data: unknown): void {
  const { id, first_name, last_name, updated_at } = read(User, data);
  if (revocations.isRevoked(id)) return;
  const name = [first_name, last_name].filter(Boolean).join(' ');
  people.put({ userId: id, name, updatedAt: updated_at });
}

/** Tokens of the person still live for up to a minute: without the revocation they would write new notes. */
function forgetPerson({ people, notes, revocations }: Store, data: unknown): void {
  const { id } = read(WithId, data);
  revocations.revoke(id);
  people.remove(id);
  notes.removeWrittenBy(id);
}

function forgetOrganization({ notes, revocations }: Store, data: unknown): void {
  const { id } = read(WithId, data);
  revocations.revoke(id);
  notes.removeAll({ orgId: id });
}

/** A token of the same second may already have the new role. */
function refuseOlderRole({ revocations }: Store, data: unknown, happenedAt: number): void {
  revocations.revokeBefore(membershipIn(data), Math.floor(happenedAt / 1000));
}

function refuseFormerMember({ revocations }: Store, data: unknown, happenedAt: number): void {
  revocations.revokeBefore(membershipIn(data), Math.floor(happenedAt / 1000) + 1);
}

function endSession({ revocations }: Store, data: unknown): void {
  revocations.revokeSession(read(WithId, data).id);
}

function membershipIn(data: unknown): string {
  const { organization, public_user_data } = read(Membership, data);
  return `${organization.id} ${public_user_data.user_id}`;
}

function read<Schema extends v.GenericSchema>(schema: Schema, data: unknown): v.InferOutput<Schema> {
  const result = v.safeParse(schema, data);
  if (result.success) return result.output;
  const place = v.getDotPath(result.issues[0]) ?? 'data';
  throw new ApiError('webhook-not-understood', `The webhook’s data has no "${place}" of the expected kind.`);
}
