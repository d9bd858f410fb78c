import type { IncomingHttpHeaders } from 'node:http';
import type { Emulator } from './index.ts';
import { requestLoopback } from './loopback-request.ts';

export const EXTENSION_ORIGIN = 'chrome-extension://abcdefghijklmnop';

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: the tests read into resources of many shapes.
  json: any;
}

export interface Call {
  /** Sent form-encoded by POST; without it the call is a GET. A list is sent as clerk-js does, each value by itself. */
  form?: Record<string, string | readonly string[]>;
  /** Goes out as clerk-js sends it: POST with `_method`. */
  method?: 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS' | 'POST';
  query?: Record<string, string | readonly string[]>;
  headers?: Record<string, string>;
  body?: string;
}

/** What a client has to know of an emulator, which may run in another process. */
type EmulatorAddress = Pick<Emulator, 'url' | 'port' | 'certificate' | 'publishableKey' | 'seededUser'>;

/** One request over real TLS that trusts nothing but the emulator's own certificate. */
export async function send(emulator: EmulatorAddress, path: string, call: Call = {}): Promise<Answer> {
  const isTunnelled = call.method !== undefined && ['PUT', 'PATCH', 'DELETE'].includes(call.method);
  const query = encodeFields({ ...call.query, ...(isTunnelled ? { _method: call.method ?? '' } : {}) });
  const body = call.form ? encodeFields(call.form) : call.body;
  const method = isTunnelled ? 'POST' : (call.method ?? (body === undefined ? 'GET' : 'POST'));
  const formType =
    call.form || method === 'POST' ? { 'content-type': 'application/x-www-form-urlencoded' } : {};

  const { status, headers, text } = await requestLoopback({
    url: new URL(emulator.url),
    method,
    path: query ? `${path}?${query}` : path,
    headers: { ...formType, ...call.headers },
    body,
    certificate: emulator.certificate,
  });
  const isJson = headers['content-type']?.startsWith('application/json');
  return { status, headers, text, json: isJson ? JSON.parse(text) : undefined };
}

function encodeFields(fields: Record<string, string | readonly string[]>): string {
  const pairs = Object.entries(fields).flatMap(([name, value]) => [value].flat().map((each) => [name, each]));
  return new URLSearchParams(pairs as string[][]).toString();
}

/** An installed extension: keeps the credential as `@clerk/chrome-extension` does, in either dialect. */
export class FapiClient {
  readonly emulator: EmulatorAddress;
  credential: string | null = null;

  constructor(emulator: EmulatorAddress) {
    this.emulator = emulator;
  }

  get isDevelopment(): boolean {
    return this.emulator.publishableKey.startsWith('pk_test_');
  }

  async call(path: string, call: Call = {}): Promise<Answer> {
    const answer = await send(this.emulator, `/v1${path}`, this.#withCredential(call));
    const header = this.isDevelopment ? answer.headers['clerk-db-jwt'] : answer.headers.authorization;
    if (typeof header === 'string') this.credential = header === 'Bearer' ? null : header;
    return answer;
  }

  /** POST with a form. */
  post(path: string, form: NonNullable<Call['form']> = {}): Promise<Answer> {
    return this.call(path, { form });
  }

  startSignIn(identifier = this.emulator.seededUser.emailAddress): Promise<Answer> {
    return this.post('/client/sign_ins', { identifier, locale: 'en-US', timezone: 'UTC' });
  }

  /** Identifier and password in one step; answers the id of the new session. */
  async signIn(identifier?: string, password = this.emulator.seededUser.password): Promise<string> {
    const start = await this.startSignIn(identifier);
    const path = `/client/sign_ins/${start.json.response.id}/attempt_first_factor`;
    const done = await this.post(path, { strategy: 'password', password });
    if (done.status !== 200) throw new Error(`Sign-in failed: ${done.text}`);
    return done.json.response.created_session_id;
  }

  /** Makes a session the client's last active one, and chooses an organization, `''` for the personal account. */
  touch(sessionId: string, organizationId?: string): Promise<Answer> {
    const isChoice = organizationId !== undefined;
    const form = isChoice ? { active_organization_id: organizationId } : {};
    const intent = isChoice ? 'select_org' : 'select_session';
    return this.post(`/client/sessions/${sessionId}/touch`, { ...form, intent });
  }

  /** What a new token of a session says; for an organization, `''` for the personal account, or as the session is. */
  async claims(sessionId: string, organizationId?: string): Promise<Record<string, unknown>> {
    const form = organizationId === undefined ? {} : { organization_id: organizationId };
    const answer = await this.post(`/client/sessions/${sessionId}/tokens`, form);
    if (answer.status !== 200) throw new Error(`No token: ${answer.text}`);
    return JSON.parse(Buffer.from(answer.json.jwt.split('.')[1], 'base64url').toString());
  }

  async sessionIds(): Promise<string[]> {
    const { json } = await this.call('/client');
    return (json.response?.sessions ?? []).map((session: { id: string }) => session.id);
  }

  #withCredential(call: Call): Call {
    const headers = { origin: EXTENSION_ORIGIN, ...call.headers };
    if (this.credential === null) return { ...call, headers };
    if (this.isDevelopment)
      return { ...call, headers, query: { ...call.query, __clerk_db_jwt: this.credential } };
    const query = { ...call.query, _is_native: '1' };
    return { ...call, query, headers: { ...headers, authorization: `Bearer ${this.credential}` } };
  }
}

/** Waits for something the server does on its own time; bounded by the test's own deadline. */
export async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise(setImmediate);
}

/** The only error of an answer. */
export function errorOf(answer: Answer): {
  code: string;
  meta: Record<string, unknown>;
  long_message: string;
} {
  return answer.json.errors[0];
}
