import { Hono } from 'hono';
import { type Env, enveloped } from '../context.ts';
import type { Core } from '../core.ts';
import { formError, notFound } from '../errors.ts';
import { expectMe } from '../flows/me.ts';
import { deletedJson, imageUrl } from '../resources/user.ts';
import { generateId } from '../state/ids.ts';
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
  return new Hono<Env>().get('/images/:userId/:imageId', (c) => {
    const image = core.users.find(c.req.param('userId'))?.profileImage;
    if (!image || image.id !== c.req.param('imageId')) throw notFound('image', c.req.param('imageId'));
    const headers = { 'Content-Type': image.contentType, 'X-Content-Type-Options': 'nosniff' };
    return c.body(Uint8Array.from(image.bytes), 200, headers);
  });
}

function setImage(core: Core, user: User, image: ProfileImage | null): void {
  user.profileImage = image;
  core.users.changed(user);
}

/** A multipart part `file`, or the raw bytes: the SDK sends the latter when it was given a string. */
async function readImage(request: Request): Promise<ProfileImage> {
  const isMultipart = request.headers.get('content-type')?.startsWith('multipart/form-data');
  const file = isMultipart ? (await request.formData()).get('file') : await request.blob();
  if (!(file instanceof Blob) || file.size === 0) throw formError('form_param_missing', 'file');
  // Never anything a browser would run: the server's own origin must stay free of foreign documents.
  const contentType = /^image\/(png|jpeg|gif|webp)$/.test(file.type) ? file.type : 'application/octet-stream';
  return { id: generateId('img'), contentType, bytes: new Uint8Array(await file.arrayBuffer()) };
}
