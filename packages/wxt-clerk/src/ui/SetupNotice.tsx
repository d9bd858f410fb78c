import { errorSentence, localized } from '../shared/i18n';
import { NoticeBox } from './NoticeBox';
import { PageShell } from './PageShell';

/** Shown instead of a blank page when the build has no usable publishable key. */
export function SetupNotice({ problem }: { problem: string }) {
  return (
    <PageShell place="tab" title={localized('setupNeeded')}>
      <NoticeBox>
        <p>{errorSentence('misconfigured')}</p>
        {/* For the developer, in the words of the build. */}
        <p lang="en">{problem}</p>
      </NoticeBox>
    </PageShell>
  );
}
