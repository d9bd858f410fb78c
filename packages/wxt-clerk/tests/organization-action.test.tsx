import { act, cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { accountCard } from './support/account-card';
import { instanceIs } from './support/accounts';
import { ADA } from './support/fake-background';
import { memberOf } from './support/sessions';

let memberships: unknown[];
beforeEach(() => {
  localStorage.clear();
  memberships = [];
});
afterEach(cleanup);

function card(user: typeof ADA) {
  const answers = {
    'get-user': () => new Promise<never>(() => {}),
    'list-organizations': () => ({ ok: true as const, value: memberships }),
  };
  return accountCard(answers, { revision: 1, user });
}

const entry = () => screen.queryByTitle('Switch organization');

describe('the organization in the account card', () => {
  test('is named, with its picture, and leads to the others', async () => {
    const { onOpen } = await card({
      ...memberOf(ADA, 'org:admin'),
      organizationImageUrl: 'https://img.clerk.com/org',
    });
    expect(entry()?.textContent).toBe('Engines');
    expect(entry()?.querySelector('img')?.getAttribute('src')).toBe('https://img.clerk.com/org');
    fireEvent.click(screen.getByText('Engines'));
    expect(onOpen).toHaveBeenCalledExactlyOnceWith('organizations');
  });

  test('is the personal account of who may create an organization', async () => {
    instanceIs({ hasOrganizations: true, mayHaveOrganizations: [ADA.userId] });
    const { asked } = await card(ADA);
    expect(entry()?.textContent).toBe('Personal account');
    expect(asked, 'nothing is asked for it').toEqual([{ type: 'get-user' }]);
  });

  test('appears for somebody who was taken into one meanwhile', async () => {
    instanceIs({ hasOrganizations: true });
    memberships = [{ organization: { id: 'org_1' }, role: 'org:member', permissions: [] }];
    await card(ADA);
    expect(entry()?.textContent).toBe('Personal account');
    expect(entry()?.previousElementSibling?.textContent, 'it comes late, and moves nothing').toBe(
      'Manage account',
    );
    expect(entry()?.nextElementSibling).toBeNull();
  });

  test('is nothing for who is in none and may create none', async () => {
    instanceIs({ hasOrganizations: true });
    const { asked } = await card(ADA);
    expect(asked).toContainEqual({ type: 'list-organizations', sessionId: ADA.sessionId });
    expect(entry()).toBeNull();
  });

  test('is nothing, and nothing is asked, where the instance has none, or nobody knows', async () => {
    const { asked } = await card(ADA);
    expect(entry()).toBeNull();
    expect(asked).toEqual([{ type: 'get-user' }]);
    cleanup();
    instanceIs({ hasOrganizations: false, mayHaveOrganizations: [ADA.userId] });
    await card(ADA);
    expect(entry()).toBeNull();
  });

  test('changes with the active organization', async () => {
    const { publish } = await card(memberOf(ADA, 'org:admin'));
    await act(() =>
      publish({ revision: 2, user: { ...memberOf(ADA, 'org:member'), organizationName: 'Looms' } }),
    );
    expect(entry()?.textContent).toBe('Looms');
  });
});
