import { errorSentence, localized } from '../shared/i18n';
import { WarningIcon } from './icons';
import { PageShell } from './PageShell';

/** Shown instead of a blank page when the build has no usable publishable key. */
export function SetupNotice({ problem }: { problem: string }) {
  return (
    <PageShell place="tab" title={localized('setupNeeded')}>
      <div className="wxt-clerk-notice" role="alert">
        <WarningIcon />
        <p>{errorSentence('misconfigured')}</p>
        {/* For the developer, in the words of the build. */}
        <p lang="en">{problem}</p>
      </div>
    </PageShell>
  );
}
