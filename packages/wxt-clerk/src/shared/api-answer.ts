import type { ApiAnswer, ApiResponse, JsonValue } from '../messages/protocol';

/** An answer that says whether the API did what it was asked for. Of which type its body then is, is the caller's word. */
export function withStatus<Body>(answer: ApiAnswer): ApiResponse<Body> {
  const ok = answer.status >= 200 && answer.status < 300;
  return { ...answer, ok } as ApiResponse<JsonValue & Body>;
}
