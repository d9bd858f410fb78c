import { type ReactNode, StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './styles.css';
import { expectConfig } from '../utils/config';
import { SetupNotice } from './SetupNotice';

/** Mounts a page's screen, or the sentence that says what is wrong with the build's publishable key. */
export function mountPage(screen: ReactNode): void {
  const root = document.getElementById('root');
  if (!root) throw new Error('The page has no element with the id "root".');
  createRoot(root).render(<StrictMode>{setupProblem() ?? screen}</StrictMode>);
}

function setupProblem(): ReactNode | null {
  try {
    expectConfig();
    return null;
  } catch (error) {
    return <SetupNotice problem={(error as Error).message} />;
  }
}
