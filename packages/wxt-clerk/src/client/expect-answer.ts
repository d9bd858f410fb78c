import '../messages/page-errors';
import { MessageError } from '../messages/message-error';
import type { AnswerSchema, ApiAnswer, ApiResponse } from '../messages/protocol';
import { withStatus } from '../shared/api-answer';

/**
 * An answer of the developer's API as its schema gives it. An error of the API is left as it is.
 *
 * @throws {MessageError} `response-invalid`; what is wrong with it is its cause.
 */
export async function expectAnswer<Body>(
  answer: ApiAnswer,
  schema: AnswerSchema<Body> | undefined,
): Promise<ApiResponse<Body>> {
  const response = withStatus<Body>(answer);
  if (!response.ok || !schema) return response;
  const result = await schema['~standard'].validate(answer.body);
  if (!result.issues) return { ...response, body: result.value };
  const cause = result.issues.map(({ message }) => message).join(' ');
  throw new MessageError('response-invalid', { sent: 'yes', cause });
}
