import { localized } from '../shared/i18n';

/** Holds the place of the account card, so that nothing jumps when the person is known. */
export function ProfileSkeleton() {
  return (
    <div className="profile" role="status" aria-label={localized('loading')}>
      <div className="profile-head">
        <div className="bone bone-avatar" />
        <div className="bone bone-line" style={{ width: '50%' }} />
        <div className="bone bone-line" style={{ width: '65%' }} />
      </div>
    </div>
  );
}

/** Holds the place of Clerk's form, with the same boxes in the same places. */
export function FormSkeleton() {
  return (
    <div className="form-skeleton" role="status" aria-label={localized('loadingForm')}>
      <div className="bone bone-line" style={{ width: '55%', height: 18 }} />
      <div className="bone bone-line" style={{ width: '75%' }} />
      <div className="bone bone-field" />
      <div className="bone bone-field" />
    </div>
  );
}
