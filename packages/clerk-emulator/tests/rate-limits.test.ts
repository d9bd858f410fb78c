// @vitest-environment node
import { expect, it } from 'vitest';
import { type Answer, errorOf, FapiClient } from '../src/frontend-api-client.ts';
import { client, emulator, withEmulator } from '../src/vitest.ts';

withEmulator();

/** Asks until it is refused, at most `most` times. */
async function untilRefused(ask: () => Promise<Answer>, most = 30): Promise<{ count: number; last: Answer }> {
  for (let count = 1; ; count += 1) {
    const last = await ask();
    if (last.status === 429 || count === most) return { count, last };
  }
}

it('lets a client start ten sign-ins in ten seconds, and says when to come again', async () => {
  const { count, last } = await untilRefused(() => client.startSignIn());
  expect([count, errorOf(last).code]).toEqual([11, 'too_many_requests']);
  expect(Number(last.headers['retry-after'])).toBeGreaterThanOrEqual(8);
  expect(last.headers['access-control-expose-headers']).toContain('Retry-After');
  await new FapiClient(emulator).signIn();
  await emulator.control.configure({ clockOffsetSeconds: 11 });
  await client.signIn();
});

it('has Clerk’s own figures as one setting', async () => {
  await emulator.control.configure({ rateLimits: 'clerk' });
  expect((await untilRefused(() => client.startSignIn())).count).toBe(6);
  const other = new FapiClient(emulator);
  const { json } = await other.startSignIn();
  const attempt = `/client/sign_ins/${json.response.id}/attempt_first_factor`;
  const tryWrong = () => other.post(attempt, { strategy: 'password', password: 'wrong' });
  expect((await untilRefused(tryWrong)).count).toBe(4);
});

it('limits each kind as it is told', async () => {
  await emulator.control.configure({
    rateLimits: { signIns: null, tokens: { requests: 2, perSeconds: 60 } },
  });
  const { last } = await untilRefused(() => client.startSignIn(), 12);
  expect(last.status).toBe(200);
  const session = await client.signIn();
  const { count, last: refused } = await untilRefused(() =>
    client.post(`/client/sessions/${session}/tokens`),
  );
  expect([count, refused.headers['retry-after']]).toEqual([3, '60']);
  await emulator.control.configure({ rateLimits: 'off' });
  expect((await client.post(`/client/sessions/${session}/tokens`)).status).toBe(200);
});

it('refuses limits that make no sense in a sentence', async () => {
  const bad = { rateLimits: { tokens: { requests: 0, perSeconds: 1 } } };
  await expect(emulator.control.configure(bad)).rejects.toThrow('"rateLimits" must be "off", "clerk" or');
});
