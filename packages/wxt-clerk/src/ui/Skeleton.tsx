import { localized } from '../shared/i18n';

/** Holds the place of the account card, so that nothing jumps when the person is known. */
export function ProfileSkeleton() {
  return (
    <div className="wxt-clerk-profile" role="status" aria-label={localized('loading')}>
      <div className="wxt-clerk-profile-head">
        <div className="wxt-clerk-bone wxt-clerk-bone-avatar" />
        <div className="wxt-clerk-bone wxt-clerk-bone-line" style={{ width: '50%' }} />
        <div className="wxt-clerk-bone wxt-clerk-bone-line" style={{ width: '65%' }} />
      </div>
    </div>
  );
}

/** Holds the place of Clerk's form, with the same boxes in the same places. */
export function FormSkeleton() {
  return (
    <div className="wxt-clerk-form-skeleton">
      <div className="wxt-clerk-bone wxt-clerk-bone-line" style={{ width: '55%', height: 18 }} />
      <div className="wxt-clerk-bone wxt-clerk-bone-line" style={{ width: '75%' }} />
      <div className="wxt-clerk-bone wxt-clerk-bone-field" />
      <div className="wxt-clerk-bone wxt-clerk-bone-field" />
    </div>
  );
}
