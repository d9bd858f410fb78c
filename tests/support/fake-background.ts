import { vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { type AuthState, writeAuthState } from '../../utils/auth-state';
import type { MessageType, Reply, UserSnapshot } from '../../utils/protocol';

export const ADA: UserSnapshot = {
  userId: 'user_1',
  sessionId: 'sess_1',
  organizationId: null,
  firstName: 'Ada',
  lastName: 'Lovelace',
  emailAddress: 'ada@example.com',
  imageUrl: null,
};

type Answers = Partial<Record<MessageType, (() => Reply | Promise<Reply>) | Reply>>;

/** Puts a background behind `sendMessage` that answers as told and publishes as the real one does. */
export function fakeBackground(answers: Answers) {
  fakeBrowser.reset();
  vi.spyOn(fakeBrowser.windows, 'getCurrent').mockResolvedValue({ id: 1 } as never);
  const asked: unknown[] = [];
  vi.spyOn(fakeBrowser.runtime, 'sendMessage').mockImplementation(async (message: unknown) => {
    asked.push(message);
    const answer = answers[(message as { type: MessageType }).type];
    return typeof answer === 'function' ? answer() : answer;
  });
  return { asked, publish: (state: AuthState) => writeAuthState(state) };
}
