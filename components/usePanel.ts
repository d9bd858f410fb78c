import { useEffect, useRef } from 'react';
import { hasPanel, type OpenPanel, preparePanel } from './open-panel';

/** What a click on "Open side panel" does; `null` in the panel itself and in a browser that has none. */
export function usePanel(place: 'popup' | 'panel'): (() => void) | null {
  const isOffered = place === 'popup' && hasPanel();
  const openPanel = useRef<OpenPanel | null>(null);
  useEffect(() => {
    if (!isOffered) return;
    void preparePanel().then((prepared) => {
      openPanel.current = prepared;
    });
  }, [isOffered]);
  return isOffered ? () => void openPanel.current?.().then(() => window.close()) : null;
}
