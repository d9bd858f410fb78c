import type { Target } from './types.ts';

// The functions from `squash` on run in the page. They are sent there together, as source text (see `locateCall`), so
// they may use one another and nothing else.

/** A target in a form that survives JSON. */
export type WireTarget = string | { role: string; name: WireName };
type WireName = { text: string } | { source: string; flags: string };

/** What `locateTarget` found; `x` and `y` are viewport coordinates of the element's middle in CSS pixels. */
export type Located =
  | { state: 'ready'; x: number; y: number }
  | { state: 'missing' | 'hidden' | 'disabled' | 'covered'; detail: string };

/** Turns a target into its JSON form. */
export function toWireTarget(target: Target): WireTarget {
  if (typeof target === 'string') return target;
  const { role, name } = target;
  if (typeof name === 'string') return { role, name: { text: name } };
  return { role, name: { source: name.source, flags: name.flags.replace(/[gy]/g, '') } };
}

/** Says a target in words for an error message. */
export function describeTarget(target: Target): string {
  if (typeof target === 'string') return `"${target}"`;
  return `${target.role} ${typeof target.name === 'string' ? `"${target.name}"` : String(target.name)}`;
}

/** An expression that calls `locateTarget` in the page. */
export function locateCall(target: Target): string {
  const functions = [squash, roleOf, contentOf, nameOf, findMatches, describeNames, measure, locateTarget];
  return `(() => {\n${functions.join('\n')}\nreturn JSON.stringify(locateTarget(${JSON.stringify(toWireTarget(target))}));\n})()`;
}

function squash(text: string | null | undefined): string {
  return (text ?? '').replace(/\s+/g, ' ').trim();
}

/**
 * The ARIA role of the elements a form is made of, after HTML-AAM. A password field, which has none there, counts as
 * `textbox`.
 */
export function roleOf(element: Element): string {
  const explicit = squash(element.getAttribute('role')).split(' ')[0];
  if (explicit) return explicit;
  const inputRoles: Record<string, string> = {
    button: 'button',
    submit: 'button',
    reset: 'button',
    image: 'button',
    checkbox: 'checkbox',
    radio: 'radio',
    range: 'slider',
    number: 'spinbutton',
    search: 'searchbox',
    hidden: '',
    file: '',
    color: '',
  };
  const tagRoles: Record<string, string> = {
    BUTTON: 'button',
    SUMMARY: 'button',
    TEXTAREA: 'textbox',
    SELECT: 'combobox',
    OPTION: 'option',
    IMG: 'img',
    DIALOG: 'dialog',
    NAV: 'navigation',
    MAIN: 'main',
    FORM: 'form',
    LI: 'listitem',
    UL: 'list',
    OL: 'list',
    OUTPUT: 'status',
  };
  if (element.tagName === 'A') return element.hasAttribute('href') ? 'link' : '';
  if (element.tagName === 'INPUT') return inputRoles[(element as HTMLInputElement).type] ?? 'textbox';
  return /^H[1-6]$/.test(element.tagName) ? 'heading' : (tagRoles[element.tagName] ?? '');
}

/** The text an element contributes to a name: hidden parts left out, images by their alternative text. */
function contentOf(node: Node): string {
  if (node.nodeType === Node.TEXT_NODE) return node.textContent ?? '';
  if (!(node instanceof Element) || node.getAttribute('aria-hidden') === 'true') return '';
  const own = node.getAttribute('aria-label') ?? node.getAttribute('alt');
  return own ?? Array.from(node.childNodes, contentOf).join(' ');
}

/** The accessible name, by the order of the accname rules: reference, `aria-label`, label, content, title. */
export function nameOf(element: Element): string {
  const ids = squash(element.getAttribute('aria-labelledby')).split(' ');
  const referenced = ids.map((id) => document.getElementById(id)).filter((each) => each !== null);
  const field = element as HTMLInputElement;
  const isField = /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName);
  const candidates = [
    referenced.map(contentOf).join(' '),
    element.getAttribute('aria-label'),
    Array.from(field.labels ?? [], contentOf).join(' '),
    element.tagName === 'INPUT' && roleOf(element) === 'button' ? field.value || field.type : '',
    isField ? '' : contentOf(element),
    element.getAttribute('title'),
    element.getAttribute('placeholder'),
  ];
  return candidates.map(squash).find(Boolean) ?? '';
}

/** Every element a target can mean, in document order. */
export function findMatches(target: WireTarget): Element[] {
  if (typeof target === 'string') return Array.from(document.querySelectorAll(target));
  const { role, name } = target;
  const withRole = Array.from(document.querySelectorAll('*')).filter((element) => roleOf(element) === role);
  if ('text' in name) return withRole.filter((element) => nameOf(element) === squash(name.text));
  const pattern = new RegExp(name.source, name.flags);
  return withRole.filter((element) => pattern.test(nameOf(element)));
}

/** What else has the role, to help with a name that nothing has. */
function describeNames(target: WireTarget): string {
  if (typeof target === 'string') return 'nothing matches';
  const withRole = findMatches({ role: target.role, name: { source: '', flags: '' } });
  const names = withRole.slice(0, 12).map((element) => JSON.stringify(nameOf(element)));
  return `names with that role: ${names.join(', ') || 'none'}`;
}

/** Scrolls an element into view and finds its middle, if a click there would reach it. */
function measure(element: Element): Located {
  element.scrollIntoView({ block: 'nearest', inline: 'nearest', behavior: 'instant' });
  const box = element.getBoundingClientRect();
  const x = (Math.max(0, box.left) + Math.min(innerWidth, box.right)) / 2;
  const y = (Math.max(0, box.top) + Math.min(innerHeight, box.bottom)) / 2;
  const hit = document.elementFromPoint(x, y);
  const labels = Array.from((element as HTMLInputElement).labels ?? []);
  const isHit = hit !== null && (element.contains(hit) || labels.some((label) => label.contains(hit)));
  if (isHit) return { state: 'ready', x, y };
  return { state: 'covered', detail: `by ${hit?.outerHTML.slice(0, 160) ?? 'nothing inside the viewport'}` };
}

/** Finds the first element for a target that a person could click, or says what stands in the way. */
function locateTarget(target: WireTarget): Located {
  const matches = findMatches(target);
  if (matches.length === 0) return { state: 'missing', detail: describeNames(target) };
  const visible = matches.filter((element) => element.checkVisibility({ visibilityProperty: true }));
  if (visible.length === 0) return { state: 'hidden', detail: `${matches.length} found, none visible` };
  const enabled = visible.find((element) => !element.matches(':disabled, [aria-disabled="true"]'));
  if (enabled === undefined) return { state: 'disabled', detail: `${visible.length} found, none enabled` };
  return measure(enabled);
}

/** Selects what the focused field contains, so that typing replaces it. */
export function selectFocusedText(): void {
  const field = document.activeElement;
  const isText = field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement;
  if (isText && field.value !== '') field.select();
}

/** The page's visible text. */
export function readText(): string {
  // Unlike textContent, innerText leaves out what a person cannot see.
  return document.body?.innerText ?? '';
}
