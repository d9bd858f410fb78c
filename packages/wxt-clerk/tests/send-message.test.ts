import { describe, expect, test, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { fetchApi } from '../src/content/fetch-api';
import { sendMessage as sendSiteMessage } from '../src/content/send-message';
import { message } from '../src/messages/message';
import { bodyOf, MessageError } from '../src/messages/message-error';
import { askOver, createSendMessage, sendMessage } from '../src/messages/send-message';

const answering = (reply: unknown) => vi.fn(async () => reply);

describe('sendMessage', () => {
  test('gives the value of the reply', async () => {
    const transport = answering({ ok: true, value: null, revision: 3 });
    expect(await askOver(transport, { type: 'get-user' })).toMatchObject({ value: null, revision: 3 });
    expect(transport).toHaveBeenCalledWith({ type: 'get-user' });
  });

  test('throws the error of the reply, with its code, sentence and wait', async () => {
    const error = { code: 'rate-limited', message: 'text of another version', retryAfterMs: 3000 };
    const failure = await askOver(answering({ ok: false, error }), { type: 'get-token' }).catch((e) => e);
    expect(failure).toBeInstanceOf(MessageError);
    expect(failure).toMatchObject({ code: 'rate-limited', retryAfterMs: 3000 });
    expect(failure.message).toContain('Too many requests');
  });

  test('an unknown code becomes internal', async () => {
    const reply = { ok: false, error: { code: 'toString', message: '' } };
    await expect(askOver(answering(reply), { type: 'get-token' })).rejects.toMatchObject({
      code: 'internal',
    });
  });

  test.each([undefined, null, 'text', {}, []])(
    'no proper reply (%j) is background-stopped',
    async (reply) => {
      await expect(askOver(answering(reply), { type: 'get-user' })).rejects.toMatchObject({
        code: 'background-stopped',
      });
    },
  );

  test.each([
    'Could not establish connection. Receiving end does not exist.',
    'A listener indicated an asynchronous response by returning true, but the message channel closed',
  ])('the browser’s "%s" is background-stopped', async (text) => {
    const transport = vi.fn(() => Promise.reject(new Error(text)));
    await expect(askOver(transport, { type: 'get-user' })).rejects.toMatchObject({
      code: 'background-stopped',
    });
  });

  test('a background that never answers is background-stopped after 25 s', async () => {
    vi.useFakeTimers();
    const failure = askOver(() => new Promise(() => {}), { type: 'get-user' }).catch((error) => error);
    await vi.advanceTimersByTimeAsync(25_000);
    expect(await failure).toMatchObject({ code: 'background-stopped' });
    vi.useRealTimers();
  });

  test('F17: an extension that was updated under the page is context-invalidated', async () => {
    const transport = () => Promise.reject(new Error('Extension context invalidated.'));
    await expect(askOver(transport, { type: 'get-user' })).rejects.toMatchObject({
      code: 'context-invalidated',
    });
  });
});

describe('a background that was stopped while it answered', () => {
  test('F2: is asked once more', async () => {
    const send = vi
      .spyOn(fakeBrowser.runtime, 'sendMessage')
      .mockRejectedValueOnce(new Error('Could not establish connection. Receiving end does not exist.'))
      .mockResolvedValueOnce({ ok: true, value: null, revision: 1 } as never);
    expect(await sendMessage('get-user')).toBeNull();
    expect(send).toHaveBeenCalledTimes(2);
  });

  test('F2: and not more often', async () => {
    const send = vi.spyOn(fakeBrowser.runtime, 'sendMessage').mockRejectedValue(new Error('Receiving end'));
    await expect(sendMessage('get-token')).rejects.toMatchObject({ code: 'background-stopped' });
    expect(send).toHaveBeenCalledTimes(2);
  });

  test('an answer that is an error is not asked for again', async () => {
    const error = { code: 'offline', message: '' };
    const send = vi
      .spyOn(fakeBrowser.runtime, 'sendMessage')
      .mockResolvedValue({ ok: false, error, revision: 1 } as never);
    await expect(sendMessage('get-token')).rejects.toMatchObject({ code: 'offline' });
    expect(send).toHaveBeenCalledTimes(1);
  });

  test('the end of a session is asked for again only by its name: by then another one is active', async () => {
    const gone = () => Promise.reject(new Error('The message channel closed.'));
    const send = vi.spyOn(fakeBrowser.runtime, 'sendMessage').mockImplementation(gone);
    for (const type of ['end-session', 'remove-session'] as const) {
      await expect(sendMessage(type)).rejects.toMatchObject({ code: 'background-stopped' });
      expect(send).toHaveBeenCalledTimes(1);
      await expect(sendMessage(type, { sessionId: 'sess_1' })).rejects.toMatchObject({
        code: 'background-stopped',
      });
      expect(send).toHaveBeenCalledTimes(3);
      send.mockClear();
    }
  });

  test('a request that may have changed something at the developer’s API is not sent twice', async () => {
    const send = vi.spyOn(fakeBrowser.runtime, 'sendMessage').mockRejectedValue(new Error('Receiving end'));
    await expect(fetchApi('https://api.example/notes', { method: 'POST' })).rejects.toMatchObject({
      code: 'background-stopped',
    });
    expect(send).toHaveBeenCalledTimes(1);
    await fetchApi('https://api.example/notes').catch(() => {});
    expect(send).toHaveBeenCalledTimes(3);
  });
});

describe('of a request to the developer’s API that failed it is known', () => {
  const post = () => fetchApi('https://api.example/notes', { method: 'POST', body: 'a' });
  const get = () => fetchApi('https://api.example/notes');
  const sends = () => vi.spyOn(fakeBrowser.runtime, 'sendMessage');
  const refused = (sent?: 'no') => ({ ok: false, error: { code: 'offline', message: '', sent } }) as never;

  test('nothing, when the background was stopped: it may have been sent', async () => {
    sends().mockRejectedValue(new Error('The message channel closed.'));
    await expect(post()).rejects.toMatchObject({ code: 'background-stopped', sent: 'maybe' });
    await expect(get()).rejects.toMatchObject({ code: 'background-stopped', sent: 'maybe' });
  });

  test('nothing, when no reply came in time', async () => {
    vi.useFakeTimers();
    sends().mockImplementation(() => new Promise(() => {}) as never);
    const failure = post().catch((error) => error);
    await vi.advanceTimersByTimeAsync(25_000);
    expect(await failure).toMatchObject({ code: 'background-stopped', sent: 'maybe' });
    vi.useRealTimers();
  });

  test('that it was not sent, when the browser did not take the message of an updated extension', async () => {
    sends().mockImplementation(() => {
      throw new Error('Extension context invalidated.');
    });
    await expect(post()).rejects.toMatchObject({ code: 'context-invalidated', sent: 'no' });
  });

  test('what the background says', async () => {
    sends().mockResolvedValue(refused('no'));
    await expect(post()).rejects.toMatchObject({ code: 'offline', sent: 'no' });
  });

  test('of the two that it was asked with, not the second alone', async () => {
    sends().mockRejectedValueOnce(new Error('Receiving end')).mockResolvedValueOnce(refused('no'));
    await expect(get()).rejects.toMatchObject({ code: 'offline', sent: 'maybe' });
  });

  test('and of other messages nothing is said', async () => {
    sends().mockRejectedValue(new Error('Receiving end'));
    const failure = await sendMessage('get-user').catch((error) => error);
    expect(failure.sent).toBeUndefined();
    expect(bodyOf(failure)).not.toHaveProperty('sent');
  });
});

describe('a message of the product', () => {
  const save = message({ from: 'own-pages', handle: () => 1 });
  const stop = () =>
    vi.spyOn(fakeBrowser.runtime, 'sendMessage').mockRejectedValue(new Error('Receiving end'));

  test('is not sent twice: nobody knows what it changes', async () => {
    const send = stop();
    const sendOwn = createSendMessage<{ save: typeof save }>();
    await expect(sendOwn('save')).rejects.toMatchObject({ code: 'background-stopped' });
    expect(send).toHaveBeenCalledTimes(1);
  });

  test('is sent twice where the product says that it may be', async () => {
    const send = stop();
    const sendOwn = createSendMessage<{ save: typeof save }>({ mayRepeat: ['save'] });
    await expect(sendOwn('save')).rejects.toMatchObject({ code: 'background-stopped' });
    expect(send).toHaveBeenCalledTimes(2);
  });
});

test('F17: what Chrome throws at once in an updated extension’s content script is context-invalidated', async () => {
  vi.spyOn(fakeBrowser.runtime, 'sendMessage').mockImplementation(() => {
    throw new Error('Extension context invalidated.');
  });
  await expect(sendSiteMessage('get-user')).rejects.toMatchObject({ code: 'context-invalidated' });
});
