import type { Core } from '../core.ts';
import { LOCKOUT_MINUTES } from '../flows/lockout.ts';
import { ENTERPRISE_STRATEGY, providerName } from '../flows/providers.ts';
import { ENROLLMENT_MODES } from '../state/joining.ts';
import { CREATOR_ROLE, DEFAULT_ROLE } from '../state/roles.ts';
import { hasOrganizations, identifiers, mayMakeOrganizations } from '../state/settings.ts';
import type { SecondFactorStrategy, Settings } from '../types.ts';

const OFF = {
  enabled: false,
  required: false,
  used_for_first_factor: false,
  first_factors: [] as string[],
  used_for_second_factor: false,
  second_factors: [] as string[],
  verifications: [] as string[],
  verify_at_sign_up: false,
  immutable: false,
};
const ON = { ...OFF, enabled: true };

/** Always passes: https://developers.cloudflare.com/turnstile/troubleshooting/testing/ */
const TURNSTILE_TEST_KEY = '1x00000000000000000000AA';

/** Every URL stays empty: with a development key, a cross-origin one makes clerk-js throw "Missing dev browser". */
const EMPTY_URLS = {
  oauth_consent_url: '',
  logo_link_url: '',
  help_url: '',
  home_url: '',
  sign_in_url: '',
  sign_up_url: '',
  user_profile_url: '',
  waitlist_url: '',
  after_sign_in_url: '',
  after_sign_up_url: '',
  after_sign_out_one_url: '',
  after_sign_out_all_url: '',
  after_switch_session_url: '',
  after_join_waitlist_url: '',
  organization_profile_url: '',
  create_organization_url: '',
  after_leave_organization_url: '',
  after_create_organization_url: '',
  logo_image_url: '',
  favicon_image_url: '',
  terms_url: '',
  privacy_policy_url: '',
};

/** The instance's configuration: e-mail with password or code, and what the settings add. */
export function environmentJson(core: Core) {
  return {
    auth_config: authConfig(core),
    display_config: displayConfig(core),
    user_settings: userSettings(core),
    organization_settings: organizationSettings(core),
    // clerk-js rejects the whole environment when this section is there but incomplete.
    commerce_settings: {
      billing: {
        stripe_publishable_key: null,
        organization: { enabled: false, has_paid_plans: false },
        user: { enabled: false, has_paid_plans: false },
      },
    },
    api_keys_settings: { enabled: false, user_api_keys_enabled: false, orgs_api_keys_enabled: false },
    protect_config: { object: 'protect_config', id: '' },
    client_debug_mode: false,
    partitioned_cookies: false,
    maintenance_mode: core.settings.maintenanceMode,
  };
}

function authConfig({ settings }: Core) {
  return {
    object: 'auth_config',
    id: 'aac_emulator',
    first_name: 'on',
    last_name: 'on',
    email_address: settings.phoneNumbers ? 'on' : 'required',
    phone_number: settings.phoneNumbers || settings.secondFactors.includes('phone_code') ? 'on' : 'off',
    username: settings.usernames ? 'required' : 'off',
    password: settings.passwordRequired ? 'required' : 'on',
    identification_requirements: [identifiers(settings).filter((name) => name !== 'username'), []],
    identification_strategies: [...identifiers(settings), ...settings.socialProviders],
    first_factors: [
      ...emailStrategies(settings),
      ...['password', 'reset_password_email_code', 'ticket'],
      ...(settings.passkeys ? ['passkey'] : []),
      ...(settings.phoneNumbers ? ['phone_code', 'reset_password_phone_code'] : []),
      ...settings.socialProviders,
      ...(hasEnterprise(settings) ? [ENTERPRISE_STRATEGY] : []),
    ],
    second_factors: settings.secondFactors,
    email_address_verification_strategies: emailStrategies(settings),
    single_session_mode: settings.singleSessionMode,
    enhanced_email_deliverability: false,
    test_mode: true,
    url_based_session_syncing: true,
    claimed_at: null,
    reverification: settings.reverification,
    ...(settings.sessionMinter ? { session_minter: true } : {}),
    native_settings: {
      object: 'native_settings',
      api_enabled: settings.nativeApiEnabled,
      trusted_device_sign_in_enabled: false,
      trusted_device_enrollment_prompt_after_sign_in_enabled: false,
      trusted_device_enrollment_prompt_after_sign_up_enabled: false,
    },
  };
}

function displayConfig({ instance, settings }: Core) {
  return {
    object: 'display_config',
    id: 'display_config_emulator',
    instance_environment_type: instance,
    application_name: 'Local app',
    preferred_sign_in_strategy: 'password',
    branded: false,
    show_devmode_warning: instance === 'development',
    theme: {
      general: {
        color: '#6c47ff',
        background_color: '#ffffff',
        font_family: 'inherit',
        font_color: '#151515',
        label_font_weight: '600',
        padding: '1em',
        border_radius: '0.5em',
        box_shadow: '',
      },
      buttons: { font_color: '#ffffff', font_family: 'inherit', font_weight: '600' },
      accounts: { background_color: '#ffffff' },
    },
    ...EMPTY_URLS,
    // Deprecated, and still required by Clerk's document.
    logo_url: null,
    favicon_url: null,
    logo_image: null,
    favicon_image: null,
    experimental_force_oauth_first: false,
    support_email: '',
    captcha_public_key: settings.botProtection ? TURNSTILE_TEST_KEY : null,
    captcha_widget_type: settings.botProtection ? 'smart' : null,
    captcha_public_key_invisible: settings.botProtection ? TURNSTILE_TEST_KEY : null,
    captcha_provider: 'turnstile',
    captcha_oauth_bypass: [],
    captcha_heartbeat: false,
    google_one_tap_client_id: null,
    clerk_js_version: '6',
  };
}

function userSettings({ settings }: Core) {
  return {
    attributes: attributes(settings),
    social: Object.fromEntries(settings.socialProviders.map((strategy) => [strategy, social(strategy)])),
    enterprise_sso: {
      enabled: hasEnterprise(settings),
      self_serve_sso: false,
      self_serve_directory_sync: false,
    },
    saml: { enabled: hasEnterprise(settings) },
    sign_in: {
      second_factor: { required: settings.secondFactorRequired, enabled: settings.secondFactors.length > 0 },
    },
    sign_up: {
      mode: settings.signUpMode,
      progressive: true,
      captcha_enabled: settings.botProtection,
      captcha_widget_type: 'invisible',
      custom_action_required: false,
      legal_consent_enabled: false,
      allowlist_only: false,
      mfa: { required: settings.secondFactorRequired },
    },
    restrictions: restrictions(),
    password_settings: passwordSettings(),
    username_settings: {
      min_length: 4,
      max_length: 64,
      allow_extended_special_characters: false,
      allow_numeric_usernames: false,
    },
    actions: {
      delete_self: true,
      create_organization: mayMakeOrganizations(settings),
      create_organizations_limit: null,
    },
    attack_protection: attackProtection(settings),
    passkey_settings: {
      allow_autofill: settings.passkeys && settings.passkeyAutofill,
      show_sign_in_button: settings.passkeys,
      satisfies_second_factor: true,
    },
  };
}

function hasEnterprise({ enterpriseConnections }: Settings): boolean {
  return enterpriseConnections.length > 0;
}

function social(strategy: string) {
  return {
    enabled: true,
    required: false,
    authenticatable: true,
    block_email_subaddresses: false,
    strategy,
    not_selectable: false,
    deprecated: false,
    name: providerName(strategy),
    // clerk-js knows the icons; of a custom provider it shows the first letter.
    logo_url: null,
  };
}

function attributes({
  emailLinks,
  passkeys,
  passwordRequired,
  phoneNumbers,
  secondFactors,
  usernames,
}: Settings) {
  return {
    email_address: {
      ...signInAttribute(emailStrategies({ emailLinks })),
      required: !phoneNumbers,
      ...(secondFactors.includes('email_code') ? secondFactor('email_code') : {}),
    },
    password: { ...ON, required: passwordRequired },
    first_name: ON,
    last_name: ON,
    phone_number: {
      ...(phoneNumbers ? signInAttribute(['phone_code']) : OFF),
      ...(secondFactors.includes('phone_code')
        ? { enabled: true, verifications: ['phone_code'], ...secondFactor('phone_code') }
        : {}),
    },
    username: usernames ? { ...ON, required: true, used_for_first_factor: true } : OFF,
    web3_wallet: OFF,
    passkey: passkeys
      ? { ...ON, used_for_first_factor: true, first_factors: ['passkey'], verifications: ['passkey'] }
      : OFF,
    authenticator_app: secondFactors.includes('totp')
      ? { ...ON, verifications: ['totp'], ...secondFactor('totp') }
      : OFF,
    backup_code: secondFactors.includes('backup_code') ? { ...ON, ...secondFactor('backup_code') } : OFF,
    ticket: OFF,
  };
}

/** How people prove an e-mail address. */
function emailStrategies({ emailLinks }: Pick<Settings, 'emailLinks'>): string[] {
  return ['email_code', ...(emailLinks ? ['email_link'] : [])];
}

/** An attribute that people sign in by, and prove by a code or a link. */
function signInAttribute(strategies: string[]) {
  return {
    ...ON,
    used_for_first_factor: true,
    first_factors: strategies,
    verifications: strategies,
    verify_at_sign_up: true,
  };
}

function secondFactor(strategy: SecondFactorStrategy) {
  return { used_for_second_factor: true, second_factors: [strategy] };
}

function passwordSettings() {
  return {
    disable_hibp: true,
    enforce_hibp_on_sign_in: false,
    disable_password_reverification: false,
    min_length: 8,
    max_length: 72,
    require_special_char: false,
    require_numbers: false,
    require_uppercase: false,
    require_lowercase: false,
    show_zxcvbn: false,
    min_zxcvbn_strength: 0,
    allowed_special_characters: '!"#$%&\'()*+,-./:;<=>?@[]^_`{|}~',
  };
}

function restrictions() {
  return {
    allowlist: { enabled: false },
    blocklist: { enabled: false },
    allowlist_blocklist_disabled_on_sign_in: { enabled: false },
    block_email_subaddresses: { enabled: false },
    block_disposable_email_domains: { enabled: false },
  };
}

function attackProtection({ lockoutAttempts, emailLinkSameClient }: Settings) {
  return {
    user_lockout: {
      enabled: lockoutAttempts !== null,
      max_attempts: lockoutAttempts ?? 100,
      duration_in_minutes: LOCKOUT_MINUTES,
    },
    pii: { enabled: false },
    email_link: { require_same_client: emailLinkSameClient },
    enumeration_protection: { enabled: false },
  };
}

function organizationSettings({ settings }: Core) {
  return {
    enabled: hasOrganizations(settings),
    max_allowed_memberships: settings.maxOrganizationMembers,
    force_organization_selection: settings.forceOrganizationSelection,
    creator_role: CREATOR_ROLE,
    actions: { admin_delete: settings.organizationAdminDelete },
    domains: {
      enabled: settings.organizationDomains,
      enrollment_modes: settings.organizationDomains ? ENROLLMENT_MODES : [],
      default_role: DEFAULT_ROLE,
    },
    slug: { disabled: !settings.organizationSlugs },
    organization_creation_defaults: { enabled: settings.organizationCreationDefaults },
  };
}
