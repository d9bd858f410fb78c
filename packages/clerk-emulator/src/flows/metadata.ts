import { ApiError } from '../errors.ts';
import { isObject } from '../form.ts';

type Metadata = Record<string, unknown>;

/** The metadata of a user, an organization or a membership; only users have the unsafe kind. */
export interface Metadatas {
  publicMetadata: Metadata;
  privateMetadata: Metadata;
  unsafeMetadata?: Metadata;
}

/** What a request sends of them. */
export interface MetadataFields {
  public_metadata?: Metadata;
  private_metadata?: Metadata;
  unsafe_metadata?: Metadata;
}

/** Of each kind, as JSON: https://clerk.com/docs/guides/users/extending */
const MAX_BYTES = 8 * 1024;

/** Merges what was sent into what is there; `null` deletes a key, at any depth. @throws {ApiError} as `setMetadata` */
export function mergeMetadata(owner: Metadatas, fields: MetadataFields): void {
  const merge = (old: Metadata | undefined, patch: Metadata | undefined) =>
    patch && mergePatch(old ?? {}, patch);
  setMetadata(owner, {
    public_metadata: merge(owner.publicMetadata, fields.public_metadata),
    private_metadata: merge(owner.privateMetadata, fields.private_metadata),
    unsafe_metadata: merge(owner.unsafeMetadata, fields.unsafe_metadata),
  });
}

type Maybe<T> = { [Name in keyof T]?: T[Name] | undefined };

/** Replaces the kinds that were sent. @throws {ApiError} `form_param_exceeds_allowed_size`; nothing has changed then */
export function setMetadata(owner: Metadatas, fields: Maybe<MetadataFields>): void {
  for (const [name, metadata] of Object.entries(fields)) assertSize(name, metadata);
  const { public_metadata, private_metadata, unsafe_metadata } = fields;
  if (public_metadata) owner.publicMetadata = public_metadata;
  if (private_metadata) owner.privateMetadata = private_metadata;
  if (unsafe_metadata) owner.unsafeMetadata = unsafe_metadata;
}

function assertSize(name: string, metadata: Metadata | undefined): void {
  if (!metadata || Buffer.byteLength(JSON.stringify(metadata)) <= MAX_BYTES) return;
  const longMessage = `The given ${name} exceeds the maximum allowed size of ${MAX_BYTES} bytes (8 KB).`;
  throw new ApiError('form_param_exceeds_allowed_size', { longMessage, meta: { param_name: name } });
}

/** JSON merge patch (RFC 7396). */
function mergePatch(target: Metadata, patch: Metadata): Metadata {
  const result = new Map(Object.entries(target));
  for (const [key, value] of Object.entries(patch)) {
    const old = result.get(key);
    if (value === null) result.delete(key);
    else result.set(key, isObject(value) ? mergePatch(isObject(old) ? old : {}, value) : value);
  }
  return Object.fromEntries(result);
}
