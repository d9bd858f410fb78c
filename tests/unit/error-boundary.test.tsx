import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { ErrorBoundary } from '../../components/ErrorBoundary';
import { ERROR_SENTENCES } from '../../utils/message-error';

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
