/** What a person has typed before Clerk's form was there, and where they are in it. */
export interface Draft {
  text: string;
  selection: [start: number, end: number];
  hasFocus: boolean;
  /** They have pressed Enter, or the button. */
  isSubmitted: boolean;
}

/** Clerk's field for an e-mail address, a user name or a phone number; `null` where its form shows something else. */
export function identifierField(form: ParentNode): HTMLInputElement | null {
  return form.querySelector<HTMLInputElement>('input[name="identifier"]');
}

export function readDraft(field: HTMLInputElement, isSubmitted: boolean): Draft {
  const end = field.value.length;
  return {
    text: field.value,
    selection: [field.selectionStart ?? end, field.selectionEnd ?? end],
    hasFocus: field.ownerDocument.activeElement === field,
    isSubmitted,
  };
}

/** Puts a draft into Clerk's field as if it had been typed there, and goes on where the person wanted to. */
export function handOver({ text, selection, hasFocus, isSubmitted }: Draft, field: HTMLInputElement): void {
  if (hasFocus) field.focus();
  if (!text) return;
  // React overrides `value` on the element itself, and takes a value that is set there for one of its own (react-dom 19.3.1,
  // https://github.com/facebook/react/blob/main/packages/react-dom-bindings/src/client/inputValueTracking.js).
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(field, text);
  field.dispatchEvent(new Event('input', { bubbles: true }));
  // A field of the type `email` has no selection.
  if (hasFocus && field.selectionStart !== null) field.setSelectionRange(...selection);
  if (isSubmitted) field.form?.requestSubmit();
}
