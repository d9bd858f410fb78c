import { act, render } from '@testing-library/react';
import { type Mock, vi } from 'vitest';
import { AccountCard } from '../../src/ui/AccountCard';
import { AccountPageContext } from '../../src/ui/account-page';
import { fakeBackground } from './fake-background';

type Background = ReturnType<typeof fakeBackground>;

/** The account card over a background that answers so and has published this; `onOpen` is what it leads to. */
export async function accountCard(
  answers: Parameters<typeof fakeBackground>[0],
  published: Parameters<Background['publish']>[0],
): Promise<Background & { onOpen: Mock }> {
  const background = fakeBackground(answers);
  await background.publish(published);
  const onOpen = vi.fn();
  render(
    <AccountPageContext value={onOpen}>
      <AccountCard />
    </AccountPageContext>,
  );
  await act(async () => {});
  return { onOpen, ...background };
}
