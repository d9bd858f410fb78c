import { type Context, Hono } from 'hono';
import type { Env } from '../../context.ts';
import type { Core } from '../../core.ts';
import { type MetadataFields, mergeMetadata, setMetadata } from '../../flows/metadata.ts';
import type { User } from '../../state/users.ts';
import { readBody } from '../parameters.ts';
import { backendUserJson } from '../resources/user.ts';
import { METADATA_RULES } from '../user-fields.ts';

/** Users' metadata: PATCH merges, PUT replaces what is sent. */
export function backendUserMetadataRoutes(core: Core): Hono<Env> {
  const change = async (c: Context<Env>, apply: (user: User, fields: MetadataFields) => void) => {
    const user = core.users.expect(c.req.param('userId') ?? '');
    apply(user, await readBody<MetadataFields>(c, METADATA_RULES));
    core.users.changed(user);
    return c.json(backendUserJson(core, user));
  };

  return new Hono<Env>()
    .patch('/users/:userId/metadata', (c) => change(c, mergeMetadata))
    .put('/users/:userId/metadata', (c) => change(c, setMetadata));
}
