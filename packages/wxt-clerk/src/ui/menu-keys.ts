const ITEM = '[role^="menuitem"]';

/**
 * Moves the focus in a menu as its keys want it: up and down from row to row, left and right within one
 * (https://www.w3.org/WAI/ARIA/apg/patterns/menubar/). A row is a child of the menu: an item, or what holds several.
 *
 * @returns Whether the key was one of these.
 */
export function moveInMenu(menu: HTMLElement, key: string): boolean {
  const rows = [...menu.children].map(itemsOf).filter((row) => row.length > 0);
  const at = rows.findIndex((row) => row.includes(menu.ownerDocument.activeElement as HTMLElement));
  const row = rows[at] ?? [];
  const within = row.indexOf(menu.ownerDocument.activeElement as HTMLElement);
  const last = rows.length - 1;
  const targets: Record<string, () => HTMLElement | undefined> = {
    ArrowDown: () => rows[at < last ? at + 1 : 0]?.[0],
    ArrowUp: () => rows[at > 0 ? at - 1 : last]?.[0],
    ArrowRight: () => row[within + 1],
    ArrowLeft: () => row[within - 1],
    Home: () => rows[0]?.[0],
    End: () => rows[last]?.[0],
  };
  const target = targets[key];
  target?.()?.focus();
  return target !== undefined;
}

/** Puts the focus on what is chosen in a menu, or on its first item. */
export function focusMenu(menu: HTMLElement): void {
  const chosen = menu.querySelector<HTMLElement>('[aria-checked="true"]');
  (chosen ?? menu.querySelector<HTMLElement>(ITEM))?.focus();
}

function itemsOf(row: Element): HTMLElement[] {
  return row.matches(ITEM) ? [row as HTMLElement] : [...row.querySelectorAll<HTMLElement>(ITEM)];
}
