import * as v from 'valibot';

const text = v.string();
const textOrNull = v.nullable(v.string());
const flag = v.boolean();
const texts = v.array(v.string());
const number = v.pipe(v.number(), v.integer());
const onOff = v.picklist(['on', 'off', 'required']);
const isEnabled = v.strictObject({ enabled: flag });

/** An object in which every named property has the same shape. */
function all<T extends v.GenericSchema>(schema: T, names: string) {
  return v.strictObject(
    Object.fromEntries(
      names
        .trim()
        .split(/\s+/)
        .map((name) => [name, schema]),
    ),
  );
}
/** The entries of `all`, to be spread into another object. */
const entries = <T extends v.GenericSchema>(schema: T, names: string) => all(schema, names).entries;

const attribute = v.strictObject({
  ...entries(
    flag,
    'enabled required used_for_first_factor used_for_second_factor verify_at_sign_up immutable',
  ),
  ...entries(texts, 'first_factors second_factors verifications'),
});

const authConfig = v.strictObject({
  object: v.literal('auth_config'),
  id: text,
  ...entries(onOff, 'first_name last_name email_address phone_number username password'),
  identification_requirements: v.array(texts),
  ...entries(
    texts,
    'identification_strategies first_factors second_factors email_address_verification_strategies',
  ),
  ...entries(
    flag,
    'single_session_mode enhanced_email_deliverability test_mode url_based_session_syncing reverification',
  ),
  claimed_at: v.nullable(number),
  native_settings: v.strictObject({
    object: v.literal('native_settings'),
    ...entries(
      flag,
      `api_enabled trusted_device_sign_in_enabled trusted_device_enrollment_prompt_after_sign_in_enabled
       trusted_device_enrollment_prompt_after_sign_up_enabled`,
    ),
  }),
  // Newer than the document.
  session_minter: v.optional(flag),
});

const displayConfig = v.strictObject({
  object: v.literal('display_config'),
  instance_environment_type: v.picklist(['production', 'development', 'staging']),
  theme: v.record(v.string(), v.unknown()),
  preferred_sign_in_strategy: v.picklist(['password', 'otp']),
  ...entries(
    text,
    `id application_name home_url sign_in_url sign_up_url user_profile_url waitlist_url oauth_consent_url after_sign_in_url
     after_sign_up_url after_sign_out_one_url after_sign_out_all_url after_switch_session_url after_join_waitlist_url
     organization_profile_url create_organization_url after_leave_organization_url after_create_organization_url logo_link_url`,
  ),
  ...entries(flag, 'branded experimental_force_oauth_first show_devmode_warning'),
  ...entries(
    textOrNull,
    `logo_image_url favicon_image_url support_email clerk_js_version google_one_tap_client_id help_url privacy_policy_url
     terms_url logo_url favicon_url captcha_public_key captcha_public_key_invisible`,
  ),
  ...entries(v.null(), 'logo_image favicon_image'),
  captcha_widget_type: v.nullable(v.picklist(['smart', 'invisible'])),
  captcha_provider: v.nullable(v.literal('turnstile')),
  captcha_oauth_bypass: texts,
  captcha_heartbeat: v.nullable(flag),
});

const userSettings = v.strictObject({
  attributes: all(
    attribute,
    `email_address phone_number username web3_wallet first_name last_name password authenticator_app ticket backup_code
     passkey`,
  ),
  social: v.record(
    v.pipe(v.string(), v.regex(/^oauth_[a-z0-9_]+$/)),
    v.strictObject({
      ...entries(flag, 'enabled required authenticatable block_email_subaddresses not_selectable deprecated'),
      ...entries(text, 'strategy name'),
      logo_url: textOrNull,
    }),
  ),
  saml: isEnabled,
  enterprise_sso: v.strictObject({
    ...entries(flag, 'enabled self_serve_sso'),
    self_serve_directory_sync: flag,
  }),
  sign_in: v.strictObject({ second_factor: v.strictObject({ required: flag, enabled: flag }) }),
  sign_up: v.strictObject({
    ...entries(flag, 'captcha_enabled custom_action_required progressive legal_consent_enabled'),
    captcha_widget_type: v.picklist(['smart', 'invisible']),
    mode: v.picklist(['public', 'restricted', 'waitlist']),
    // Newer than the document, as are `self_serve_directory_sync` and `second_factor.enabled` above.
    allowlist_only: flag,
    mfa: v.strictObject({ required: flag }),
  }),
  restrictions: all(
    isEnabled,
    'allowlist blocklist allowlist_blocklist_disabled_on_sign_in block_email_subaddresses block_disposable_email_domains',
  ),
  password_settings: v.strictObject({
    ...entries(
      flag,
      `disable_hibp enforce_hibp_on_sign_in disable_password_reverification require_special_char require_numbers
       require_uppercase require_lowercase show_zxcvbn`,
    ),
    ...entries(number, 'min_length max_length min_zxcvbn_strength'),
    allowed_special_characters: text,
  }),
  username_settings: v.strictObject({
    ...entries(v.nullable(number), 'min_length max_length'),
    ...entries(flag, 'allow_extended_special_characters allow_numeric_usernames'),
  }),
  actions: v.strictObject({
    ...entries(flag, 'delete_self create_organization'),
    create_organizations_limit: v.nullable(flag),
  }),
  attack_protection: v.strictObject({
    user_lockout: v.strictObject({ enabled: flag, ...entries(number, 'max_attempts duration_in_minutes') }),
    pii: isEnabled,
    email_link: all(flag, 'require_same_client'),
    enumeration_protection: isEnabled,
  }),
  passkey_settings: all(flag, 'allow_autofill show_sign_in_button satisfies_second_factor'),
});

const organizationSettings = v.strictObject({
  enabled: flag,
  max_allowed_memberships: number,
  creator_role: text,
  actions: all(flag, 'admin_delete'),
  domains: v.strictObject({ enabled: flag, enrollment_modes: texts, default_role: text }),
  slug: all(flag, 'disabled'),
  // Newer than the document.
  force_organization_selection: flag,
  organization_creation_defaults: isEnabled,
});

const plans = all(flag, 'enabled has_paid_plans');

/** `GET /v1/environment`, as in `shapes.ts`. */
export const environment = v.strictObject({
  auth_config: authConfig,
  display_config: displayConfig,
  user_settings: userSettings,
  organization_settings: organizationSettings,
  commerce_settings: v.strictObject({
    billing: v.strictObject({ stripe_publishable_key: textOrNull, organization: plans, user: plans }),
  }),
  api_keys_settings: all(flag, 'enabled user_api_keys_enabled orgs_api_keys_enabled'),
  // Newer than the document, which has but `loaders`.
  protect_config: v.strictObject({ object: v.literal('protect_config'), id: text }),
  ...entries(flag, 'client_debug_mode partitioned_cookies maintenance_mode'),
});
