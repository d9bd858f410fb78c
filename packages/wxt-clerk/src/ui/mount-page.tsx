import { type ReactNode, StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { authStore } from '../client/auth-store';
import { extensionName } from '../shared/brand';
import { publishableKey } from '../shared/config';
import { language } from '../shared/i18n';
import { parsePublishableKey } from '../shared/publishable-key';
import { ErrorBoundary } from './ErrorBoundary';
import { markPlace } from './place';
import { SetupNotice } from './SetupNotice';
import './styles.css';

/**
 * Mounts a page of the extension, or the sentence that says what is wrong with the build's publishable key. The page's
 * HTML needs an element with the id `root`.
 *
 * @param title What the page is called beside the name of the extension.
 */
export async function mountPage(page: ReactNode, title?: string): Promise<void> {
  document.documentElement.lang = language();
  document.title = [title, extensionName()].filter(Boolean).join(' – ');
  markPlace();
  const root = document.getElementById('root');
  if (!root) throw new Error('The page has no element with the id "root".');
  const problem = setupProblem();
  if (problem === null) {
    // A skeleton before what is published would cost a second layout.
    await authStore.read();
  }
  createRoot(root).render(
    <StrictMode>
      <ErrorBoundary>{problem === null ? page : <SetupNotice problem={problem} />}</ErrorBoundary>
    </StrictMode>,
  );
}

/** What is wrong with the publishable key of this build, in the words of the build; `null` when nothing is. */
function setupProblem(): string | null {
  try {
    parsePublishableKey(publishableKey);
    return null;
  } catch (error) {
    return (error as Error).message;
  }
}
