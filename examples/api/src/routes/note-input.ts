import * as v from 'valibot';
import { ApiError } from '../http/api-error.ts';
import { readInput } from '../http/input.ts';
import type { NoteOwner, Notes } from '../store/notes.ts';

const MAX_LENGTH = 2000;
const MAX_NOTES = 1000;

const LENGTH = `"text" has 1 to ${MAX_LENGTH} characters.`;

const WELL_FORMED = '"text" is Unicode without halves of characters.';

const NoteInput = v.object(
  {
    text: v.pipe(
      v.string('Send { "text": "…" }.'),
      v.check((text) => text.trim() !== '', LENGTH),
      v.maxLength(MAX_LENGTH, LENGTH),
      // SQLite would keep another text than was answered.
      v.check((text) => text.isWellFormed(), WELL_FORMED),
    ),
  },
  'Send { "text": "…" }.',
);

/**
 * The text of a new note.
 * @throws {ApiError} `bad-input`
 */
export function readText(body: unknown): string {
  return readInput(NoteInput, body).text;
}

/** @throws {ApiError} `too-many-notes` */
export function expectRoom(notes: Notes, owner: NoteOwner): void {
  if (notes.count(owner) < MAX_NOTES) return;
  throw new ApiError('too-many-notes', `There are ${MAX_NOTES} notes. Delete some first.`);
}

/** One answer for what is not there and for what is another's. */
export function noteNotFound(): ApiError {
  return new ApiError('note-not-found', 'There is no such note here.');
}
