import type { Surface } from 'extension-driver';

/** Writes a note in popup or panel, and waits until the API has it. */
export async function addNote(surface: Surface, text: string): Promise<void> {
  await surface.type('input[name="note"]', text);
  await surface.click({ role: 'button', name: 'Add' });
  await surface.waitFor(
    (wanted) =>
      [...document.querySelectorAll('.notes li')].some((item) => item.textContent?.includes(wanted)),
    text,
  );
}
