import { WarningIcon } from './icons';
import { PageShell } from './PageShell';

/** Shown instead of a blank page when the build has no usable publishable key. */
export function SetupNotice({ problem }: { problem: string }) {
  return (
    <PageShell place="tab" title="Setup needed">
      <div className="notice" role="alert">
        <WarningIcon />
        <p>{problem}</p>
      </div>
    </PageShell>
  );
}
