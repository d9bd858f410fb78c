import { SignIn, SignUp, useClerk, Waitlist } from '@clerk/chrome-extension';
import { type ReactNode, useEffect, useState } from 'react';
import { holdForm } from '../clerk-host';
import type { Flow } from './flow';
import { resumeAttempt } from './resume';
import { currentRoute } from './route';

/** A form that the person was led to; a later one has another number, so that the form starts at its new step. */
export interface ChosenForm {
  flow: Flow;
  number: number;
}

export interface AuthFormsProps {
  /** The form that Clerk led the person to, `null` as long as it has not. */
  chosen: ChosenForm | null;
  /** The person was signed out: the next form is the first one. */
  onSignedOut: () => void;
  /** The forms are gone: what the person chose in them no longer counts. */
  onClosed: () => void;
}

/** Clerk's own forms. A popup that was closed half-way opens again where the person was. */
export function AuthForms({ chosen, onSignedOut, onClosed }: AuthFormsProps) {
  const clerk = useClerk();
  // Before the first form reads its route, and not again: the form itself moves on from there.
  const [firstFlow] = useState(() => resumeAttempt(clerk));
  useEffect(() => onClosed, [onClosed]);
  useEffect(() => watchSession(clerk, onSignedOut), [clerk, onSignedOut]);

  return (
    <div key={chosen?.number ?? 0} className="wxt-clerk-form">
      {FORMS[chosen?.flow ?? firstFlow]}
    </div>
  );
}

const FORMS: Record<Flow, ReactNode> = {
  'sign-in': <SignIn routing="hash" />,
  'sign-up': <SignUp routing="hash" />,
  waitlist: <Waitlist />,
};

/**
 * Follows the session while its forms are open. What follows the set-up of a second factor are the backup codes: the
 * form is held until the person has seen them, although nothing is left to do for the session.
 */
function watchSession(clerk: ReturnType<typeof useClerk>, onSignedOut: () => void): () => void {
  let wasThere = false;
  const stop = clerk.addListener(({ session }) => {
    // `undefined` is Clerk between two states (clerk-js 6.40.0, core/clerk.ts, #setTransitiveState).
    if (session === undefined) return;
    if (wasThere && session === null) onSignedOut();
    wasThere = session !== null;
    holdForm(session?.status === 'active' && currentRoute()?.startsWith('/tasks/setup-mfa') === true);
  });
  return () => {
    stop();
    holdForm(false);
  };
}
