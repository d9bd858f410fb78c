import {
  expectBrowserName,
  invocationOf,
  parseCommandLine,
  runCommand,
  UsageError,
  WXT_BROWSER,
} from './command-line.ts';
import { diagnose } from './doctor/diagnose.ts';
import { formatFindings } from './doctor/finding.ts';
import { PROJECT_ROOT } from './project.ts';

const USAGE = `Usage: ${invocationOf('doctor')} [options]

Says why a sign-in does not work: looks at the publishable key, the builds in .output, and asks the Clerk instance what it
accepts. Each finding comes with the one command or dashboard switch that mends it. Changes nothing (where there are
providers, it begins a sign-in that nobody goes on with), prints no secret, and ends with 1 when something failed.

  --browser <name>     chromium or firefox: whose .env files give the key (default chromium)
  --extension-id <id>  id of the published extension in Chrome, to ask for its origin
  --json               the findings as JSON
  --help               this text
`;

await runCommand(async () => {
  const values = parseCommandLine('doctor', {
    browser: { type: 'string', default: 'chromium' },
    'extension-id': { type: 'string' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  });
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  const findings = await diagnose({
    root: PROJECT_ROOT,
    environment: process.env,
    browser: WXT_BROWSER[expectBrowserName(values.browser)],
    publishedId: expectExtensionId(values['extension-id']),
  });
  console.log(values.json ? JSON.stringify(findings, null, 2) : formatFindings(findings));
  return findings.some(({ status }) => status === 'failed') ? 1 : 0;
});

function expectExtensionId(id: string | undefined): string | undefined {
  if (id === undefined || /^[a-p]{32}$/.test(id)) return id;
  throw new UsageError(`--extension-id takes 32 letters from a to p, got "${id}".`);
}
