import type { PublishableKey } from 'wxt-clerk/build';
import { instanceRefusal, readClerkCode } from 'wxt-clerk/build';
import type { Finding } from './finding.ts';
import { type Answer, isLocal, type Probe } from './probe.ts';

/** Does the Frontend API answer, and as one? Its answer, the instance's settings, is `null` when not. */
export async function checkFrontendApi(
  probe: Probe,
  { frontendApi }: PublishableKey,
): Promise<{ finding: Finding; answer: Answer | null }> {
  const check = 'Frontend API';
  const failed = (seen: string, mend: string) => ({
    finding: { check, status: 'failed', seen: `https://${frontendApi} ${seen}`, mend } satisfies Finding,
    answer: null,
  });
  let answer: Answer;
  try {
    answer = await probe('/v1/environment');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? (error as Error).name;
    return failed(`does not answer (${code})`, unreachableRemedy(frontendApi, code));
  }
  const { status, json, tookMs } = answer;
  if (status >= 500 || status === 429)
    return failed(`is in trouble (${status})`, 'Try again later: https://status.clerk.com');
  const code = readClerkCode(json);
  if (instanceRefusal(code) === 'misconfigured')
    return failed(
      `does not know this key (${code})`,
      'Copy the key again: https://dashboard.clerk.com/~/api-keys',
    );
  if (!Object.hasOwn(Object(json), 'auth_config')) {
    const mend = 'Copy the key again: https://dashboard.clerk.com/~/api-keys';
    return failed(`answers (${status}), but not as a Clerk Frontend API does`, mend);
  }
  return { finding: { check, status: 'ok', seen: `it answers, in ${tookMs} ms` }, answer };
}

function unreachableRemedy(frontendApi: string, code: string): string {
  if (isLocal(frontendApi))
    return `npx --no-install clerk-emulator --port ${new URL(`https://${frontendApi}`).port || 443}, and build with the key that it prints`;
  if (code === 'ENOTFOUND' || /CERT|TLS|SSL/.test(code))
    return (
      'If this computer is online and other sites answer: Clerk dashboard → Domains, finish the DNS records and ' +
      'certificates of this domain'
    );
  return 'Check the network of this computer, its proxy and firewall, then run the doctor again';
}

// What verifyToken of @clerk/backend allows for.
const CLOCK_TOLERANCE_MS = 5000;
// The Date header counts whole seconds.
const DATE_PRECISION_MS = 500;

/** Is this computer's clock that of the Frontend API? A server here would refuse tokens as too old or too new. */
export function checkClock({ serverTime, localTime }: Answer, platform = process.platform): Finding {
  const check = 'Clock';
  if (serverTime === null) return { check, status: 'skipped', seen: 'the Frontend API names no time' };
  const aheadMs = localTime - (serverTime + DATE_PRECISION_MS);
  if (Math.abs(aheadMs) <= CLOCK_TOLERANCE_MS)
    return { check, status: 'ok', seen: 'the same as the Frontend API’s' };
  const seconds = Math.round(Math.abs(aheadMs) / 1000);
  const direction = aheadMs > 0 ? 'ahead of' : 'behind';
  const seen =
    `this computer's is ${seconds} s ${direction} the Frontend API's: ` +
    'the extension copes, a server with this clock refuses its tokens';
  return { check, status: 'failed', seen, mend: CLOCK_COMMANDS[platform] ?? 'Set the clock by the network' };
}

const CLOCK_COMMANDS: Partial<Record<NodeJS.Platform, string>> = {
  linux: 'sudo timedatectl set-ntp true',
  darwin: 'sudo sntp -sS time.apple.com',
  win32: 'w32tm /resync',
};

/** Does the instance take native clients, of which an extension is one? By its settings, and asked as one. */
export async function checkNativeApi(probe: Probe, environment: Answer): Promise<Finding> {
  const check = 'Native API';
  const settings = environment.json as { auth_config?: { native_settings?: { api_enabled?: unknown } } };
  const isSetOff = settings.auth_config?.native_settings?.api_enabled === false;
  // As Clerk's SDK for the web marks its requests, and as those for apps do.
  const answers = [await probe('/v1/client?_is_native=1'), await probe('/v1/client?_is_native=true')];
  const isRefused = answers.some(({ json }) => readClerkCode(json) === 'native_api_disabled');
  if (!isSetOff && !isRefused) return { check, status: 'ok', seen: 'it is on' };
  const mend = 'Clerk dashboard → Native applications → Enable Native API';
  return { check, status: 'failed', seen: 'it is off, and an extension is a native client', mend };
}
