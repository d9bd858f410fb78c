import { type FormEvent, useEffect, useState } from 'react';
import { Show, useAuth, useOrganization } from 'wxt-clerk/react';
import { ErrorNotice } from 'wxt-clerk/ui';
import { localized } from '../../../utils/localized';
import './notes.css';
import type { Note } from './answers';
import { type Api, RefusedError } from './api';
import { type NotesTrouble, useNotes } from './useNotes';

/** Notes that the developer's own API keeps: the person's, or those of the active organization. */
export default function Notes() {
  const { orgId } = useAuth();
  const { organization } = useOrganization();
  const { api, notes, trouble, load, add, remove, removeAll, exportTo } = useNotes();
  return (
    <section className="notes" aria-labelledby="notes">
      <h2 id="notes">{organization ? localized('notesOf', organization.name) : localized('notes')}</h2>
      <NewNote onAdd={add} />
      {trouble && <Trouble trouble={trouble} onRetry={load} />}
      {notes?.length === 0 && <p className="notes-none">{localized('noNotes')}</p>}
      <ul>
        {notes?.map((note) => (
          <li key={note.id}>
            <span>{note.text}</span>
            <Show when={orgId ? { permission: 'org:notes:delete' } : 'signed-in'}>
              <DeleteButton note={note} onDelete={() => remove(note.id)} />
            </Show>
          </li>
        ))}
      </ul>
      {orgId ? (
        <Show when={{ role: 'org:admin' }}>
          <AdminLine api={api} notes={notes} />
        </Show>
      ) : (
        notes !== null &&
        notes.length > 1 && <AllNotes onExport={() => exportTo(save)} onDeleteAll={removeAll} />
      )}
    </section>
  );
}

function NewNote({ onAdd }: { onAdd: (text: string) => Promise<boolean> }) {
  const [text, setText] = useState('');
  const [isSending, setSending] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setSending(true);
    // What was not sent stays to be sent again.
    if (await onAdd(text)) setText('');
    setSending(false);
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      <input
        name="note"
        aria-label={localized('newNote')}
        placeholder={localized('newNote')}
        value={text}
        maxLength={200}
        required
        onChange={({ target }) => setText(target.value)}
      />
      <button type="submit" className="wxt-clerk-button" disabled={isSending}>
        {localized('addNote')}
      </button>
    </form>
  );
}

interface TroubleProps {
  trouble: NotesTrouble;
  onRetry: () => Promise<void>;
}

function Trouble({ trouble: { error, isOfChange }, onRetry }: TroubleProps) {
  if (error instanceof RefusedError)
    return (
      <p role="alert" className="notes-refused">
        {error.message}
      </p>
    );
  return (
    <>
      <ErrorNotice error={error} onRetry={() => void onRetry()} inline />
      {isOfChange && error.sent === 'maybe' && <p className="notes-refused">{localized('maybeSent')}</p>}
    </>
  );
}

function DeleteButton({ note, onDelete }: { note: Note; onDelete: () => void }) {
  return (
    <button
      type="button"
      className="wxt-clerk-icon-button"
      aria-label={localized('deleteNote', note.text)}
      onClick={onDelete}
    >
      ×
    </button>
  );
}

interface AllNotesProps {
  onExport: () => void;
  onDeleteAll: () => void;
}

function AllNotes({ onExport, onDeleteAll }: AllNotesProps) {
  return (
    <p className="notes-all">
      <Show when={{ feature: 'export' }}>
        <button type="button" className="wxt-clerk-button" onClick={onExport}>
          {localized('exportNotes')}
        </button>
      </Show>
      <button type="button" className="wxt-clerk-button" onClick={onDeleteAll}>
        {localized('deleteAllNotes')}
      </button>
    </p>
  );
}

function save(file: Blob): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = 'notes.jsonl';
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** What the API says to admins alone. */
function AdminLine({ api, notes }: { api: Api; notes: Note[] | null }) {
  const [count, setCount] = useState<number | null>(null);
  useEffect(() => {
    // Who is no admin any more is refused; the line goes with the role.
    api.admin().then(
      ({ notes }) => setCount(notes),
      () => setCount(null),
    );
  }, [api, notes]);
  return count !== null && <p className="notes-admin">{localized('adminNotes', String(count))}</p>;
}
