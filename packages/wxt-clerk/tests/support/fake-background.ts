import { vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { authStore } from '../../src/client/auth-store';
import { claimsStore } from '../../src/client/claims-store';
import type { CoreMessages } from '../../src/messages/core-messages';
import type { ErrorBody } from '../../src/messages/message-error';
import type { UserSnapshot } from '../../src/messages/protocol';
import type { AuthState } from '../../src/shared/auth-state';
import { sessionOf } from './sessions';

export const ADA: UserSnapshot = {
  userId: 'user_1',
  sessionId: 'sess_1',
  status: 'active',
  currentTask: null,
  organizationId: null,
  organizationName: null,
  organizationSlug: null,
  organizationImageUrl: null,
  organizationRole: null,
  organizationPermissions: null,
  firstName: 'Ada',
  lastName: 'Lovelace',
  username: null,
  emailAddress: 'ada@example.com',
  phoneNumber: null,
  imageUrl: null,
  publicMetadata: {},
  createdAt: null,
  updatedAt: null,
  lastSignInAt: null,
};

/** The same person with a task left to do. */
export const PENDING_ADA: UserSnapshot = {
  ...ADA,
  status: 'pending',
  currentTask: { key: 'setup-mfa' },
};

type Answer = { ok: true; value: unknown; revision?: number } | { ok: false; error: ErrorBody };
type Answers = Partial<Record<keyof CoreMessages, ((message: unknown) => Answer | Promise<Answer>) | Answer>>;
/** Whose sessions are not named has one. */
type Published = Omit<AuthState, 'sessions'> & Partial<AuthState>;

/** Puts a background behind `sendMessage` that answers as told and publishes as the real one does. */
export function fakeBackground(answers: Answers) {
  fakeBrowser.reset();
  authStore.forget();
  claimsStore.forget();
  vi.spyOn(fakeBrowser.windows, 'getCurrent').mockResolvedValue({ id: 1 } as never);
  vi.spyOn(fakeBrowser.permissions, 'contains').mockResolvedValue(true as never);
  for (const event of [fakeBrowser.permissions.onAdded, fakeBrowser.permissions.onRemoved]) {
    vi.spyOn(event, 'addListener').mockReturnValue();
    vi.spyOn(event, 'removeListener').mockReturnValue();
  }
  vi.spyOn(fakeBrowser.runtime, 'getManifest').mockReturnValue({
    name: 'Notes',
    icons: { 16: 'icon/16.png', 128: 'icon/128.png' },
  } as never);
  vi.spyOn(fakeBrowser.extension, 'getViews').mockReturnValue([]);
  const asked: unknown[] = [];
  vi.spyOn(fakeBrowser.runtime, 'sendMessage').mockImplementation(async (message: unknown) => {
    asked.push(message);
    const answer = answers[(message as { type: keyof CoreMessages }).type];
    return { revision: 1, ...(await (typeof answer === 'function' ? answer(message) : answer)) };
  });
  const publish = ({ user, sessions = user ? [sessionOf(user)] : [], revision }: Published) =>
    fakeBrowser.storage.session.set({ authState: { revision, user, sessions } satisfies AuthState });
  const answer = (type: keyof CoreMessages, next: Answer) => {
    answers[type] = next;
  };
  return { asked, publish, answer };
}
