import { type ReactNode, StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './styles.css';
import { expectConfig } from '../shared/config';
import { language, localized, type TextName } from '../shared/i18n';
import { ErrorBoundary } from './ErrorBoundary';
import { firstAuthStateRead } from './first-auth-state';
import { SetupNotice } from './SetupNotice';

/**
 * Mounts a page's screen, or the sentence that says what is wrong with the build's publishable key.
 *
 * @param title What the page is called beside the name of the extension.
 */
export async function mountPage(screen: ReactNode, title?: TextName): Promise<void> {
  document.documentElement.lang = language();
  document.title = [title && localized(title), localized('extensionName')].filter(Boolean).join(' – ');
  const root = document.getElementById('root');
  if (!root) throw new Error('The page has no element with the id "root".');
  await firstAuthStateRead;
  createRoot(root).render(
    <StrictMode>
      <ErrorBoundary>{setupProblem() ?? screen}</ErrorBoundary>
    </StrictMode>,
  );
}

function setupProblem(): ReactNode | null {
  try {
    expectConfig();
    return null;
  } catch (error) {
    return <SetupNotice problem={(error as Error).message} />;
  }
}
