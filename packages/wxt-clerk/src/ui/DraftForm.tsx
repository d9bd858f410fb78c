import { type Ref, useImperativeHandle, useRef, useState } from 'react';
import { localized } from '../shared/i18n';
import { type Draft, readDraft } from './draft';
import type { FormHint } from './form-hint';

export interface DraftFormHandle {
  /** What has been typed so far; `null` in the middle of a character that is put together of several keys. */
  read(): Draft | null;
}

export interface DraftFormProps {
  hint: FormHint['field'] | undefined;
  /** Clerk's form may be waiting for the end of such a character. */
  onComposed: () => void;
  ref: Ref<DraftFormHandle>;
}

// In pixels, as in styles.css.
const LABEL_HEIGHT = 26;

/** Holds the place of Clerk's form, with a field that can be typed into at once where Clerk's will be. */
export function DraftForm({ hint, onComposed, ref }: DraftFormProps) {
  const field = useRef<HTMLInputElement>(null);
  const isComposing = useRef(false);
  const [isSubmitted, setSubmitted] = useState(false);
  useImperativeHandle(ref, () => ({
    read: () => (field.current && !isComposing.current ? readDraft(field.current, isSubmitted) : null),
  }));
  return (
    <form
      className="wxt-clerk-draft"
      style={hint ? { paddingTop: Math.max(0, hint.top - LABEL_HEIGHT) } : undefined}
      onSubmit={(event) => {
        event.preventDefault();
        setSubmitted(true);
      }}
    >
      <div className="wxt-clerk-bone" />
      <div className="wxt-clerk-bone" />
      <label>
        <span>{hint?.label || localized('identifier')}</span>
        <input
          ref={field}
          // biome-ignore lint/a11y/noAutofocus: Clerk's own field takes the focus, too, and here is nothing else to do.
          autoFocus
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          placeholder={hint?.placeholder}
          onCompositionStart={() => {
            isComposing.current = true;
          }}
          onCompositionEnd={() => {
            isComposing.current = false;
            onComposed();
          }}
        />
      </label>
      <button
        type="submit"
        className="wxt-clerk-button wxt-clerk-button-primary"
        disabled={isSubmitted}
        aria-busy={isSubmitted}
      >
        {localized('continue')}
      </button>
    </form>
  );
}
