import type { FormTexts, Texts } from './texts';

/** What the package shows in English. `$1` and `$2` are values that are put in. */
export const texts: Texts = {
  loading: 'Loading',
  loadingForm: 'Loading the sign-in form',
  identifier: 'Email address or username',
  continue: 'Continue',
  back: 'Back',
  signedIn: 'Signed in',
  openSidePanel: 'Open side panel',
  manageAccount: 'Manage account',
  accounts: 'Accounts',
  accountOf: 'Account of $1',
  addAccount: 'Add account',
  signOutOf: 'Sign out $1',
  signOutOfAll: 'Sign out of all accounts',
  personalAccount: 'Personal account',
  switchOrganization: 'Switch organization',
  manageOrganization: 'Manage organization',
  signOut: 'Sign out',
  signingOut: 'Signing out…',
  signedOut: 'This account is signed out.',
  tryAgain: 'Try again',
  openDashboard: 'Open the Clerk dashboard',
  allowAccess: 'Allow access',
  useAnotherAccount: 'Use another account',
  reloadPage: 'Reload this page',
  actionIn: '$1 in $2',
  setupNeeded: 'Setup needed',
};

export const formTexts: FormTexts = {
  passkeysElsewhere:
    'Passkeys do not work in this extension. Use another method here, and your passkeys on the app’s website.',
  providersOff:
    'This app signs people in with providers such as Google, which this build leaves out. Write clerk: { sso: true } in wxt.config.ts, and build again.',
};
