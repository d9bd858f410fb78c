import { Hono } from 'hono';
import { type Env, enveloped } from '../context.ts';
import type { Core } from '../core.ts';
import { notFound } from '../errors.ts';
import { expectMe } from '../flows/me.ts';
import { readImage } from '../images.ts';
import { deletedJson, imageUrl } from '../resources/user.ts';
import type { ProfileImage, User } from '../state/users.ts';

/** The signed-in user's picture. */
export function meProfileImageRoutes(core: Core): Hono<Env> {
  return new Hono<Env>()
    .post('/me/profile_image', async (c) => {
      const { user } = expectMe(c, core);
      const image = await readImage(c.req.raw);
      setImage(core, user, image);
      const { id } = image;
      return enveloped(c, core, { object: 'image', id, name: id, public_url: imageUrl(core, user) });
    })
    .delete('/me/profile_image', (c) => {
      const { user } = expectMe(c, core);
      const id = user.profileImage?.id ?? '';
      setImage(core, user, null);
      return enveloped(c, core, deletedJson('image', id));
    });
}

/** Serves the pictures to `<img>`; outside `/v1`, where Clerk has a content host. */
export function imageRoutes(core: Core): Hono<Env> {
  return new Hono<Env>().get('/images/:ownerId/:imageId', (c) => {
    const ownerId = c.req.param('ownerId');
    const image = core.users.find(ownerId)?.profileImage ?? core.organizations.find(ownerId)?.logo;
    if (!image || image.id !== c.req.param('imageId')) throw notFound('image', c.req.param('imageId'));
    const headers = { 'Content-Type': image.contentType, 'X-Content-Type-Options': 'nosniff' };
    return c.body(Uint8Array.from(image.bytes), 200, headers);
  });
}

function setImage(core: Core, user: User, image: ProfileImage | null): void {
  user.profileImage = image;
  core.users.changed(user);
}
