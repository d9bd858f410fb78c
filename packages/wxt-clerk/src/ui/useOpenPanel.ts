import { useEffect, useRef, useState } from 'react';
import { hasPanel, type OpenPanel, preparePanel } from './open-panel';
import { currentPlace } from './place';

/**
 * What a click on "Open side panel" does: Chrome's side panel, Firefox's sidebar. `null` in the panel itself and in a
 * browser that has none. Call it straight from the click: browsers want the person's own gesture.
 */
export function useOpenPanel(): (() => void) | null {
  const [isOffered, setOffered] = useState(() => currentPlace() === 'popup' && hasPanel());
  const openPanel = useRef<OpenPanel | null>(null);
  useEffect(() => {
    if (!isOffered) return;
    preparePanel().then(
      (prepared) => {
        openPanel.current = prepared;
      },
      () => setOffered(false),
    );
  }, [isOffered]);
  if (!isOffered) return null;
  return () => {
    // A browser that has the API and refuses to open a panel has none: the button goes, the popup stays.
    openPanel.current?.().then(
      () => window.close(),
      () => setOffered(false),
    );
  };
}
