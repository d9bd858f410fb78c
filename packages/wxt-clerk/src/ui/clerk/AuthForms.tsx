import { SignIn, SignUp, useClerk } from '@clerk/chrome-extension';
import { useEffect, useState } from 'react';
import type { Flow } from './flow';
import { resumeAttempt } from './resume';

export interface AuthFormsProps {
  /** The form that the person went to by a link, `null` as long as they have not. */
  chosenFlow: Flow | null;
  /** The forms are gone: what the person chose in them no longer counts. */
  onClosed: () => void;
}

/** Clerk's own forms. A popup that was closed half-way opens again where the person was. */
export function AuthForms({ chosenFlow, onClosed }: AuthFormsProps) {
  const clerk = useClerk();
  // Before the first form reads its route, and not again: the form itself moves on from there.
  const [firstFlow] = useState(() => resumeAttempt(clerk));
  useEffect(() => onClosed, [onClosed]);

  const Form = (chosenFlow ?? firstFlow) === 'sign-up' ? SignUp : SignIn;
  return (
    <div className="wxt-clerk-form">
      <Form routing="hash" />
    </div>
  );
}
