import type { Finding } from './finding.ts';
import type { Answer } from './probe.ts';

/** The instance's settings, as `GET /v1/environment` gives them and as far as they are read here. */
interface InstanceSettings {
  maintenance_mode?: boolean;
  auth_config?: { session_minter?: boolean };
  organization_settings?: { force_organization_selection?: boolean };
  user_settings?: {
    actions?: { create_organization?: boolean };
    attributes?: Record<string, { enabled?: boolean; used_for_second_factor?: boolean } | undefined>;
    sign_in?: { second_factor?: { required?: boolean } };
    sign_up?: { captcha_enabled?: boolean; mfa?: { required?: boolean } };
  };
}

type Check = (settings: InstanceSettings) => Finding;

/** Is the instance set up so that people get through what it asks of them in an extension? By its settings alone. */
export function checkInstance({ json }: Answer): Finding[] {
  const checks: Check[] = [
    checkMaintenance,
    checkBotProtection,
    checkSecondFactor,
    checkOrganizations,
    checkMinter,
  ];
  return checks.map((check) => check(json as InstanceSettings));
}

const checkMaintenance: Check = ({ maintenance_mode }) => {
  const check = 'Maintenance';
  if (!maintenance_mode) return { check, status: 'ok', seen: 'the instance is not in maintenance' };
  const seen = 'the instance is in maintenance: who is signed in stays so, and nobody else gets in';
  return { check, status: 'warning', seen, mend: 'Wait for its end: https://status.clerk.com' };
};

const checkBotProtection: Check = ({ user_settings }) => {
  const check = 'Bot protection';
  if (!user_settings?.sign_up?.captcha_enabled) return { check, status: 'ok', seen: 'it is off' };
  const seen =
    'it is on, and its challenge is remote code, which an extension may not load: nobody can sign up here';
  const mend =
    'Clerk dashboard → Attack protection → Bot sign-up protection: off. Or sign people up on a web page';
  return { check, status: 'warning', seen, mend };
};

/** Second factors that somebody without any can set up in an extension's page, as Clerk names them and its dashboard. */
const SECOND_FACTORS: Record<string, string> = {
  authenticator_app: 'authenticator application',
  phone_number: 'SMS code',
  email_address: 'e-mail code',
};

const checkSecondFactor: Check = ({ user_settings: { attributes = {}, sign_in, sign_up } = {} }) => {
  const check = 'Second factor';
  const isRequired = sign_in?.second_factor?.required || sign_up?.mfa?.required;
  if (!isRequired) return { check, status: 'ok', seen: 'none is required' };
  const working = Object.entries(SECOND_FACTORS)
    .filter(([name]) => attributes[name]?.enabled && attributes[name].used_for_second_factor)
    .map(([, title]) => title);
  if (working.length > 0)
    return { check, status: 'ok', seen: `one is required, and people can set up: ${working.join(', ')}` };
  const seen =
    'one is required, and none of those that are on can be set up in an extension: nobody gets a token';
  const mend = 'Clerk dashboard → Multi-factor → Authenticator application: on. Or do not require one there';
  return { check, status: 'failed', seen, mend };
};

const checkOrganizations: Check = ({ organization_settings, user_settings }) => {
  const check = 'Organizations';
  if (!organization_settings?.force_organization_selection)
    return { check, status: 'ok', seen: 'nobody has to choose one' };
  const forced = 'everybody has to choose one before there is a token';
  if (user_settings?.actions?.create_organization)
    return { check, status: 'ok', seen: `${forced}; the form asks for it, and lets people make one` };
  const seen = `${forced}, and people cannot make one: who is in none does not get in`;
  const mend =
    'Clerk dashboard → Organizations → Settings → Allow user-created organizations. Or: Membership optional';
  return { check, status: 'warning', seen, mend };
};

const checkMinter: Check = ({ auth_config }) => {
  const seen = auth_config?.session_minter
    ? 'it is on: the extension shows its last token when it asks for the next'
    : 'it is off';
  return { check: 'Session minter', status: 'ok', seen };
};
