/** An answer of the API. */
export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: the tests read into answers of many shapes.
  json: any;
}

export interface Call {
  method?: string;
  token?: string;
  headers?: Record<string, string>;
  /** Sent as JSON. */
  json?: unknown;
  body?: string | Uint8Array;
}

/** One request; a redirect is an answer like any other. */
export async function call(url: string, { method, token, headers, json, body }: Call = {}): Promise<Answer> {
  const response = await fetch(url, {
    method: method ?? (json === undefined && body === undefined ? 'GET' : 'POST'),
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(json === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    redirect: 'manual',
    ...(json === undefined && body === undefined ? {} : { body: body ?? JSON.stringify(json) }),
  } as RequestInit);
  const text = await response.text();
  const isJson = /^application\/json(;|$)/.test(response.headers.get('content-type') ?? '');
  return { status: response.status, headers: response.headers, text, json: isJson ? JSON.parse(text) : null };
}

/** Status and code of a refusal. */
export function refusal({ status, json }: Answer): [number, string | undefined] {
  return [status, json?.error?.code];
}
