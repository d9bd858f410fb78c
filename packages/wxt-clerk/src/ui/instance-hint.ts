import { publishableKey } from '../shared/config';
import { keep, parseText, readText } from './page-storage';

/** What Clerk has told a page of the instance, so that the next page need not wait for it. Nothing of it is secret. */
export interface InstanceHint {
  /** May several accounts be signed in at once? */
  isMultiSession: boolean;
  /** Are organizations switched on? */
  hasOrganizations: boolean;
  /** Who is in an organization, or may create one: user ids. */
  mayHaveOrganizations: string[];
}

interface StoredHint extends InstanceHint {
  /** Of another instance nothing counts. */
  key: string;
}

const KEY = 'wxt-clerk-instance';

const NOTHING_KNOWN: InstanceHint = {
  isMultiSession: false,
  hasOrganizations: false,
  mayHaveOrganizations: [],
};

let text: string | null = null;
let hint = NOTHING_KNOWN;
const listeners = new Set<() => void>();

/** What is remembered, the same object as long as that stays so; where nothing is, all of it is off. */
export function readInstanceHint(): InstanceHint {
  const stored = readText(KEY);
  if (stored !== text) {
    text = stored;
    hint = parse(stored);
  }
  return hint;
}

export function rememberInstance(next: InstanceHint): void {
  const stored: StoredHint = { key: publishableKey, ...next };
  keep(KEY, stored);
  for (const notify of listeners) notify();
}

/** Calls back when this page or another learns more. @returns Ends it. */
export function watchInstanceHint(onChange: () => void): () => void {
  listeners.add(onChange);
  // Of the other pages.
  window.addEventListener('storage', onChange);
  return () => {
    listeners.delete(onChange);
    window.removeEventListener('storage', onChange);
  };
}

function parse(stored: string | null): InstanceHint {
  const known = parseText(stored) as Partial<Record<keyof StoredHint, unknown>> | null;
  if (known?.key !== publishableKey) return NOTHING_KNOWN;
  const { isMultiSession, hasOrganizations, mayHaveOrganizations: people } = known;
  return {
    isMultiSession: isMultiSession === true,
    hasOrganizations: hasOrganizations === true,
    mayHaveOrganizations: Array.isArray(people) ? people.filter((id) => typeof id === 'string') : [],
  };
}
