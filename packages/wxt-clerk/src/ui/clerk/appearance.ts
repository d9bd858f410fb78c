import { ssoCallbackUrl } from '../../shared/sso-callback';

// A button of a provider would take the page itself to a place that it cannot come back from.
const HIDDEN = { display: 'none' };
const WITHOUT_PROVIDERS = {
  socialButtonsRoot: HIDDEN,
  dividerRow: HIDDEN,
  profileSection__connectedAccounts: HIDDEN,
};

/** Clerk's components in this extension's colours: styles.css has them, light and dark. */
export const APPEARANCE = {
  variables: {
    colorPrimary: 'var(--wxt-clerk-accent)',
    colorPrimaryForeground: 'var(--wxt-clerk-on-accent)',
    colorBackground: 'var(--wxt-clerk-background)',
    colorForeground: 'var(--wxt-clerk-text)',
    colorMutedForeground: 'var(--wxt-clerk-muted)',
    colorInput: 'var(--wxt-clerk-field)',
    colorInputForeground: 'var(--wxt-clerk-text)',
    colorNeutral: 'var(--wxt-clerk-text)',
    colorDanger: 'var(--wxt-clerk-danger)',
    colorWarning: 'var(--wxt-clerk-warning)',
    fontFamily: 'inherit',
    borderRadius: '10px',
  },
  elements: {
    rootBox: { width: '100%' },
    cardBox: { width: '100%', maxWidth: '100%', boxShadow: 'none', border: 'none', borderRadius: 0 },
    card: { boxShadow: 'none', border: 'none', padding: '8px 24px 20px' },
    footer: { background: 'none' },
    ...(ssoCallbackUrl ? {} : WITHOUT_PROVIDERS),
  },
};
