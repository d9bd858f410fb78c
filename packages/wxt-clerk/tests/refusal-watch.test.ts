import { act, renderHook } from '@testing-library/react';
import { beforeEach, expect, test } from 'vitest';
import { noteRefusal, useInstanceRefusal } from '../src/ui/clerk/refusal-watch';

const POST = { method: 'POST' };
const refusedWith = (code: string) => ({ status: 400, payload: { errors: [{ code }] } });

beforeEach(() => act(() => noteRefusal(POST, { status: 200 })));

function seenAfter(...notes: Parameters<typeof noteRefusal>[]) {
  const { result } = renderHook(useInstanceRefusal);
  act(() => {
    for (const note of notes) noteRefusal(...note);
  });
  return result.current;
}

test.each([
  ['origin_invalid', 'origin-refused'],
  ['origin_authorization_headers_conflict', 'origin-refused'],
  ['native_api_disabled', 'native-api-off'],
  ['host_invalid', 'misconfigured'],
])('%s means %s', (clerkCode, code) => {
  expect(seenAfter([POST, refusedWith(clerkCode)])).toBe(code);
});

test.each(['form_password_incorrect', 'toString', ''])('%j is nothing of the instance', (clerkCode) => {
  expect(seenAfter([POST, refusedWith(clerkCode)])).toBeNull();
});

test('a success ends it, a GET or another failure does not', () => {
  const refusal: Parameters<typeof noteRefusal> = [POST, refusedWith('origin_invalid')];
  expect(seenAfter(refusal, [{ method: 'GET' }, { status: 200 }])).toBe('origin-refused');
  expect(seenAfter(refusal, [POST, { status: 500, payload: null }])).toBe('origin-refused');
  expect(seenAfter(refusal, [POST, undefined])).toBe('origin-refused');
  expect(seenAfter(refusal, [POST, { status: 200, payload: {} }])).toBeNull();
});
