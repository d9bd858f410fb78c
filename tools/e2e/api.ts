import { verifyToken } from '@clerk/backend';
import { Hono, type MiddlewareHandler } from 'hono';

/** What `verifyToken` reads out of a session token. */
type Claims = Awaited<ReturnType<typeof verifyToken>>;

interface Env {
  Variables: { claims: Claims };
}

/** A note as the API keeps it: in memory, by person. */
interface Note {
  text: string;
  /** ISO 8601. */
  writtenAt: string;
}

export interface ApiOptions {
  /** PEM of the instance's public key. A real server finds it in Clerk's dashboard. */
  jwtKey: string;
  /** Origins whose tokens are accepted: those of your extension. None accepts nothing. */
  authorizedParties: readonly string[];
}

const NOTE_LENGTH = 200;

/**
 * The API behind the tests' web sites, which trusts session tokens and nothing else: no cookie, and no CORS header, so that only
 * a caller with a host permission, like the extension's background, reads its answers. That of the demo is `examples/api`.
 */
export function createApi(options: ApiOptions): Hono<Env> {
  const notes = new Map<string, Note[]>();
  const api = new Hono<Env>();
  api.use(expectSessionToken(options));
  api.get('/me', (c) => {
    const { sub, exp } = c.get('claims');
    const secondsLeft = exp - Math.floor(Date.now() / 1000);
    return c.json({ userId: sub, notes: notes.get(sub)?.length ?? 0, tokenSecondsLeft: secondsLeft });
  });
  api.get('/notes', (c) => {
    const { sub } = c.get('claims');
    return c.json({ userId: sub, notes: notes.get(sub) ?? [] });
  });
  api.post('/notes', async (c) => {
    const text = await c.req.json().then(
      (body: unknown) => noteText(body),
      () => null,
    );
    if (text === null)
      return c.json({ error: `Send { "text": "…" }, with 1 to ${NOTE_LENGTH} characters.` }, 400);
    const { sub } = c.get('claims');
    const note = { text, writtenAt: new Date().toISOString() };
    notes.set(sub, [...(notes.get(sub) ?? []), note]);
    return c.json(note, 201);
  });
  api.notFound((c) => c.json({ error: `${c.req.method} ${c.req.path} is not part of this API.` }, 404));
  return api;
}

function expectSessionToken({ jwtKey, authorizedParties }: ApiOptions): MiddlewareHandler<Env> {
  return async (c, next) => {
    const token = /^Bearer (\S+)$/.exec(c.req.header('authorization') ?? '')?.[1];
    if (!token)
      return c.json({ error: 'No session token: send it as "Authorization: Bearer <token>".' }, 401);
    // With an empty list `verifyToken` would leave out the check.
    if (authorizedParties.length === 0) return c.json({ error: 'This API accepts no extension yet.' }, 401);
    try {
      c.set('claims', await verifyToken(token, { jwtKey, authorizedParties: [...authorizedParties] }));
    } catch (error) {
      const { reason = 'unreadable' } = error as { reason?: string };
      return c.json({ error: `The session token was not accepted: ${reason}. Ask for a new one.` }, 401);
    }
    return next();
  };
}

function noteText(body: unknown): string | null {
  const text: unknown = typeof body === 'object' && body !== null && 'text' in body ? body.text : null;
  return typeof text === 'string' && text.length > 0 && text.length <= NOTE_LENGTH ? text : null;
}
