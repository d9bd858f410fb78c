import { SignIn, SignUp, useClerk } from '@clerk/chrome-extension';
import { useState } from 'react';
import { FormSkeleton } from '../Skeleton';
import type { Flow } from './flow';
import { resumeAttempt } from './resume';

export interface AuthFormsProps {
  flow: Flow;
  onFlow: (flow: Flow) => void;
}

/** Clerk's own forms. A popup that was closed half-way opens again where the person was. */
export function AuthForms({ flow, onFlow }: AuthFormsProps) {
  const clerk = useClerk();
  // Once per opening of the page, before the first form reads its route from the hash.
  const [resumed] = useState(() => resumeAttempt(clerk));
  const [isResuming, setResuming] = useState(resumed !== null && resumed !== flow);
  if (isResuming && resumed) {
    setResuming(false);
    onFlow(resumed);
    return <FormSkeleton />;
  }
  const Form = flow === 'sign-up' ? SignUp : SignIn;
  return (
    <div className="clerk-form">
      <Form key={flow} routing="hash" fallback={<FormSkeleton />} />
    </div>
  );
}
