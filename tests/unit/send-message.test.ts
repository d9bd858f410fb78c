import { describe, expect, test, vi } from 'vitest';
import { MessageError } from '../../utils/message-error';
import { sendMessageOver } from '../../utils/send-message';

const answering = (reply: unknown) => vi.fn(async () => reply);

describe('sendMessage', () => {
  test('gives the value of the reply', async () => {
    const transport = answering({ ok: true, value: null });
    expect(await sendMessageOver(transport, { type: 'get-user' })).toBeNull();
    expect(transport).toHaveBeenCalledWith({ type: 'get-user' });
  });

  test('throws the error of the reply, with its code, sentence and wait', async () => {
    const error = { code: 'rate-limited', message: 'text of another version', retryAfterMs: 3000 };
    const failure = await sendMessageOver(answering({ ok: false, error }), { type: 'get-token' }).catch(
      (e) => e,
    );
    expect(failure).toBeInstanceOf(MessageError);
    expect(failure).toMatchObject({ code: 'rate-limited', retryAfterMs: 3000 });
    expect(failure.message).toContain('Too many requests');
  });

  test('an unknown code becomes internal', async () => {
    const reply = { ok: false, error: { code: 'toString', message: '' } };
    await expect(sendMessageOver(answering(reply), { type: 'get-token' })).rejects.toMatchObject({
      code: 'internal',
    });
  });

  test.each([undefined, null, 'text', {}, []])(
    'no proper reply (%j) is background-stopped',
    async (reply) => {
      await expect(sendMessageOver(answering(reply), { type: 'get-user' })).rejects.toMatchObject({
        code: 'background-stopped',
      });
    },
  );

  test.each([
    'Could not establish connection. Receiving end does not exist.',
    'A listener indicated an asynchronous response by returning true, but the message channel closed',
    'Extension context invalidated.',
  ])('the browser’s "%s" is background-stopped', async (text) => {
    const transport = vi.fn(() => Promise.reject(new Error(text)));
    await expect(sendMessageOver(transport, { type: 'get-user' })).rejects.toMatchObject({
      code: 'background-stopped',
    });
  });
});
