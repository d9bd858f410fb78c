import { findCallbackUrl, type PublishableKey, readClerkCode, readInstanceRefusal } from 'wxt-clerk/build';
import { allowRedirectCommand } from '../crx/allowed-origins.ts';
import { buildCommand, type ExtensionBuild } from './builds.ts';
import type { Finding } from './finding.ts';
import type { Answer, Probe } from './probe.ts';

const check = 'Single sign-on';

/** The providers, as `GET /v1/environment` names them. */
interface InstanceSettings {
  user_settings?: {
    social?: Record<string, { enabled?: boolean; strategy?: string } | undefined>;
    enterprise_sso?: { enabled?: boolean };
  };
}

/**
 * Do the providers of the instance work here: is single sign-on in the builds, and may each come back to its address? That
 * can only be asked by beginning a sign-in, which nobody goes on with.
 */
export async function checkSingleSignOn(
  probe: Probe,
  key: PublishableKey,
  environment: Answer,
  builds: ExtensionBuild[],
): Promise<Finding[]> {
  const strategies = providersOf(environment);
  const [first] = strategies;
  const hasEnterprise =
    (environment.json as InstanceSettings).user_settings?.enterprise_sso?.enabled === true;
  const callbacks = builds.map((build) => ({ build, callback: callbackOf(build) }));
  const isBuiltIn = callbacks.some(({ callback }) => callback !== null);
  if (!first && !hasEnterprise) {
    const seen = 'the instance has no providers';
    if (!isBuiltIn) return [{ check, status: 'ok', seen }];
    return [{ check, status: 'warning', seen, mend: 'Clerk dashboard → SSO connections' }];
  }
  const names = [
    ...strategies.map((strategy) => strategy.replace(/^oauth_/, '')),
    ...(hasEnterprise ? ['enterprise sign-on'] : []),
  ].join(', ');
  if (!isBuiltIn) {
    const seen = `the instance offers ${names}, and ${builds.length > 0 ? 'the builds leave single sign-on out' : 'no build has single sign-on'}`;
    return [
      { check, status: 'warning', seen, mend: 'clerk: { sso: true } in wxt.config.ts, then npm run build' },
    ];
  }
  const findings: Finding[] = [];
  for (const { build, callback } of callbacks)
    findings.push(callback ? await checkCallback(probe, key, first, callback, build) : leftOut(build));
  return findings;
}

async function checkCallback(
  probe: Probe,
  key: PublishableKey,
  strategy: string | undefined,
  callback: string,
  { name }: ExtensionBuild,
): Promise<Finding> {
  const where = `${callback} (${name})`;
  // A sign-in with a company's own provider begins with the address of one of its people.
  if (!strategy) {
    const seen = `${where} cannot be asked for without a person of the company: see that it is among the redirect URLs`;
    return { check, status: 'skipped', seen, mend: allowRedirectCommand(callback) };
  }
  const native = key.instanceType === 'production' ? '?_is_native=1' : '';
  const body = { strategy, redirect_url: callback, action_complete_redirect_url: callback };
  const { status, json } = await probe(`/v1/client/sign_ins${native}`, {}, body);
  if (status < 400) return { check, status: 'ok', seen: `providers may come back to ${where}` };
  if (readInstanceRefusal(json) === 'redirect-refused') {
    const seen = `${where} is not among the instance's redirect URLs: no provider comes back`;
    return { check, status: 'failed', seen, mend: allowRedirectCommand(callback) };
  }
  return {
    check,
    status: 'skipped',
    seen: `${where} could not be asked for (${readClerkCode(json) ?? status})`,
  };
}

function leftOut({ name, browser }: ExtensionBuild): Finding {
  const mend = `clerk: { sso: true } in wxt.config.ts, then ${buildCommand(browser)}`;
  return { check, status: 'warning', seen: `${name} leaves it out`, mend };
}

function callbackOf({ permissions, hostPermissions }: ExtensionBuild): string | null {
  if (!permissions.includes('webRequest')) return null;
  return findCallbackUrl(hostPermissions);
}

function providersOf({ json }: Answer): string[] {
  return Object.entries((json as InstanceSettings).user_settings?.social ?? {})
    .filter(([, settings]) => settings?.enabled)
    .map(([name, settings]) => settings?.strategy ?? name);
}
