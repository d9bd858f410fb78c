import { useSyncExternalStore } from 'react';

const darkQuery = window.matchMedia('(prefers-color-scheme: dark)');

// The values of styles.css: Clerk computes shades from them and needs them as colours, not as variables.
const LIGHT = {
  colorPrimary: '#4f46e5',
  colorBackground: '#ffffff',
  colorForeground: '#16181d',
  colorMutedForeground: '#5d6370',
  colorInput: '#ffffff',
  colorInputForeground: '#16181d',
  colorNeutral: '#16181d',
  colorDanger: '#b42318',
};

const DARK = {
  colorPrimary: '#8f8bff',
  colorPrimaryForeground: '#101218',
  colorBackground: '#14161c',
  colorForeground: '#f1f2f5',
  colorMutedForeground: '#a4a9b6',
  colorInput: '#1c1f27',
  colorInputForeground: '#f1f2f5',
  colorNeutral: '#f1f2f5',
  colorDanger: '#ff8a80',
};

const ELEMENTS = {
  rootBox: { width: '100%' },
  cardBox: { width: '100%', maxWidth: '100%', boxShadow: 'none', border: 'none', borderRadius: 0 },
  card: { boxShadow: 'none', border: 'none', padding: '8px 24px 20px' },
  footer: { background: 'none' },
};

/** Clerk's components in this extension's colours, following the browser's colour scheme. */
export function useAppearance() {
  const isDark = useSyncExternalStore(watchColorScheme, () => darkQuery.matches);
  return {
    variables: { ...(isDark ? DARK : LIGHT), fontFamily: 'inherit', borderRadius: '10px' },
    elements: ELEMENTS,
  };
}

function watchColorScheme(onChange: () => void): () => void {
  darkQuery.addEventListener('change', onChange);
  return () => darkQuery.removeEventListener('change', onChange);
}
