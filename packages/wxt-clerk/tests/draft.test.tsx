import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { createRef, useState } from 'react';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { DraftForm, type DraftFormHandle } from '../src/ui/DraftForm';
import { type Draft, handOver } from '../src/ui/draft';
import { forgetStep, readFormHint, rememberForm } from '../src/ui/form-hint';
import { speak } from './support/speak';

afterEach(() => {
  cleanup();
  localStorage.clear();
});

function openDraft() {
  const ref = createRef<DraftFormHandle>();
  const onComposed = vi.fn();
  render(<DraftForm ref={ref} hint={undefined} onComposed={onComposed} />);
  const field = screen.getByRole<HTMLInputElement>('textbox', { name: 'Email address or username' });
  return { field, onComposed, read: () => ref.current?.read() };
}

describe('the field that is there before Clerk’s form', () => {
  test('has the focus, and takes what is typed', () => {
    const { field, read } = openDraft();
    fireEvent.change(field, { target: { value: 'ada@' } });
    field.setSelectionRange(1, 3);
    expect(read()).toEqual({ text: 'ada@', selection: [1, 3], hasFocus: true, isSubmitted: false });
  });

  test('knows that the person wants to go on', () => {
    const { field, read } = openDraft();
    fireEvent.change(field, { target: { value: 'ada' } });
    fireEvent.submit(field);
    expect(read()?.isSubmitted).toBe(true);
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Continue' }).disabled).toBe(true);
  });

  test('is not taken away in the middle of a character that several keys make', () => {
    const { field, read, onComposed } = openDraft();
    fireEvent.compositionStart(field);
    expect(read()).toBeNull();
    fireEvent.compositionEnd(field);
    expect(onComposed).toHaveBeenCalledOnce();
    expect(read()).not.toBeNull();
  });
});

describe('what was typed', () => {
  const onSubmit = vi.fn();
  const DRAFT: Draft = { text: 'ada', selection: [1, 2], hasFocus: true, isSubmitted: false };

  // A controlled field, as Clerk's.
  function ClerksForm() {
    const [value, setValue] = useState('');
    return (
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onSubmit(value);
        }}
      >
        <input name="identifier" value={value} onChange={(event) => setValue(event.target.value)} />
      </form>
    );
  }

  function handedOver(draft: Draft): HTMLInputElement {
    render(<ClerksForm />);
    const field = screen.getByRole<HTMLInputElement>('textbox');
    act(() => handOver(draft, field));
    return field;
  }

  test('is in Clerk’s field, with focus and selection', () => {
    const field = handedOver(DRAFT);
    expect(field.value).toBe('ada');
    expect([field.selectionStart, field.selectionEnd]).toEqual([1, 2]);
    expect(document.activeElement).toBe(field);
    expect(onSubmit).not.toHaveBeenCalled();
  });

  test('is sent as typed, if the person wanted it to be', async () => {
    handedOver({ ...DRAFT, isSubmitted: true });
    await vi.waitFor(() => expect(onSubmit).toHaveBeenCalledExactlyOnceWith('ada'));
  });

  test('is nothing where nothing was typed', () => {
    const field = handedOver({ text: '', selection: [0, 0], hasFocus: false, isSubmitted: true });
    expect(field.value).toBe('');
    expect(document.activeElement).not.toBe(field);
  });
});

describe('what is remembered of Clerk’s form', () => {
  function rememberField(): void {
    const form = document.createElement('div');
    form.innerHTML = '<label for="a">Email address</label><input id="a" placeholder="Enter it">';
    document.body.append(form);
    rememberForm(form, form.querySelector('input'));
    form.remove();
  }

  test('is how its field looked, in the language of then', () => {
    rememberField();
    expect(readFormHint()?.field).toMatchObject({ label: 'Email address', placeholder: 'Enter it' });
    speak('de');
    expect(readFormHint()).toBeNull();
  });

  test('is that it had none, until somebody has signed in', () => {
    rememberForm(document.body, null);
    expect(readFormHint()?.field).toBeNull();
    forgetStep();
    expect(readFormHint()).toBeNull();
    rememberField();
    forgetStep();
    expect(readFormHint()?.field).not.toBeNull();
  });

  test('is nothing where something else is stored', () => {
    localStorage.setItem('wxt-clerk-form', '{');
    expect(readFormHint()).toBeNull();
  });
});
