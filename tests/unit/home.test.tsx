import { act, cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { Home } from '../../components/Home';
import { ADA, fakeBackground } from '../../packages/wxt-clerk/tests/support/fake-background';
import { memberOf } from '../../packages/wxt-clerk/tests/support/sessions';

afterEach(cleanup);

test('what is for admins comes and goes with the role', async () => {
  const { publish } = fakeBackground({ 'get-user': () => new Promise<never>(() => {}) });
  await publish({ revision: 1, user: memberOf(ADA, 'org:member') });
  render(<Home />);
  await screen.findByText('Ada Lovelace');
  // It comes a moment after the person.
  await act(() => import('../../components/AdminSection'));
  const section = () => screen.queryByRole('region', { name: 'Administration' });
  expect(section()).toBeNull();
  await act(() => publish({ revision: 2, user: memberOf(ADA, 'org:admin') }));
  expect(section()?.textContent).toContain('You are an admin of Engines');
  await act(() => publish({ revision: 3, user: ADA }));
  expect(section()).toBeNull();
});
