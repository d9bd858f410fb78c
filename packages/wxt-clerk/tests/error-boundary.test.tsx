import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { ERROR_SENTENCES } from '../src/messages/message-error';
import { ErrorBoundary } from '../src/ui/ErrorBoundary';

afterEach(cleanup);

function Broken(): never {
  throw new Error('a chunk that is gone');
}

test('a page whose component throws says so, with a button, instead of going blank', () => {
  vi.spyOn(console, 'error').mockReturnValue();
  render(
    <ErrorBoundary>
      <Broken />
    </ErrorBoundary>,
  );
  expect(screen.getByRole('alert').textContent).toContain(ERROR_SENTENCES.internal);
  expect(screen.getByText('Try again')).toBeTruthy();
});
