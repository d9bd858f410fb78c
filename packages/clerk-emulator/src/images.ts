import { formError } from './errors.ts';
import { generateId } from './state/ids.ts';
import type { ProfileImage } from './state/users.ts';

/**
 * A picture that was sent: a multipart part `file`, or the raw bytes, which the SDK sends when it was given a string.
 * @throws {ApiError} `form_param_missing`
 */
export async function readImage(request: Request): Promise<ProfileImage> {
  const isMultipart = request.headers.get('content-type')?.startsWith('multipart/form-data');
  const file = isMultipart ? (await request.formData()).get('file') : await request.blob();
  if (!(file instanceof Blob) || file.size === 0) throw formError('form_param_missing', 'file');
  // Never anything a browser would run: the server's own origin must stay free of foreign documents.
  const contentType = /^image\/(png|jpeg|gif|webp)$/.test(file.type) ? file.type : 'application/octet-stream';
  return { id: generateId('img'), contentType, bytes: new Uint8Array(await file.arrayBuffer()) };
}
