import { describe, expect, test } from 'vitest';
import { DONE_URL, destinationOf, isDone } from '../src/ui/clerk/flow';
import { currentRoute, startAtRoute } from '../src/ui/clerk/route';

describe('where Clerk leads a person', () => {
  test.each([
    ['/sign-up', { flow: 'sign-up', route: '/' }],
    ['/sign-in#/tasks/setup-mfa', { flow: 'sign-in', route: '/tasks/setup-mfa' }],
    ['/sign-up?__clerk_ticket=ticket#/continue', { flow: 'sign-up', route: '/continue' }],
    [`${window.location.origin}/waitlist`, { flow: 'waitlist', route: '/' }],
    ['/', null],
    ['/#/sign-in', null],
  ])('%s', (address, expected) => {
    expect(destinationOf(address)).toEqual(expected);
  });
});

test('Clerk’s lists lead to an address that means they are done with, and nothing else does', () => {
  expect(isDone(`${window.location.origin}${DONE_URL}`)).toBe(true);
  expect(isDone(DONE_URL)).toBe(true);
  expect(isDone('/')).toBe(false);
  expect(destinationOf(DONE_URL)).toBeNull();
});

test('a code that is on its way is of the step that a form starts with, and of no later one', () => {
  startAtRoute('/factor-two', 'phone_code');
  const { wxtClerkRoute: route } = globalThis as unknown as {
    wxtClerkRoute: { hash: string; sentCode?: string };
  };
  expect(route.hash).toBe('#/factor-two');
  expect(route.sentCode).toBe('phone_code');
  // As Clerk's router does (module/clerk-forms.ts).
  route.hash = '/tasks/setup-mfa';
  expect(route.hash).toBe('#/tasks/setup-mfa');
  expect(currentRoute()).toBe('/tasks/setup-mfa');
  expect(route.sentCode).toBeUndefined();
});
