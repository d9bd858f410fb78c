import type { ErrorCode } from '../../messages/message-error';
import type { PageErrorCode } from '../../messages/page-errors';
import type { SsoErrorCode } from '../../messages/sso-errors';

/** Everything that the package shows in one language, but for its errors. */
export interface Texts {
  /** Read out while the page finds out who is signed in. */
  loading: string;
  /** Read out while Clerk's form is loaded. */
  loadingForm: string;
  /** Label of the field that takes what a person types before Clerk's form is there. */
  identifier: string;
  /** Button below that field, as Clerk's own. */
  continue: string;
  /** Button that leads from Clerk's account page back to the product; read out only. */
  back: string;
  /** Read out for the account card; stands in for the name of a person who has none. */
  signedIn: string;
  /** Button: Chrome's side panel, Firefox's sidebar. */
  openSidePanel: string;
  /** Button that opens Clerk's account page. */
  manageAccount: string;
  /** Button and list: the accounts that are signed in, and the way to add one. */
  accounts: string;
  /** Read out for the picture that opens that list: `$1` is the person. */
  accountOf: string;
  addAccount: string;
  /** Ends the session of one account: `$1` is the person. */
  signOutOf: string;
  signOutOfAll: string;
  /** In place of an organization, as Clerk calls it. */
  personalAccount: string;
  /** Button that opens the list of organizations. */
  switchOrganization: string;
  /** Button that opens the profile of the active organization. */
  manageOrganization: string;
  signOut: string;
  /** The same button after the click. */
  signingOut: string;
  /** In a window of one account, when that is over and another one is active. */
  signedOut: string;
  /** Button below an error. */
  tryAgain: string;
  /** Button below an error that only the developer can mend. */
  openDashboard: string;
  /** Button that asks the browser for the permission to reach Clerk. */
  allowAccess: string;
  /** Button for a person whose account is blocked. */
  useAnotherAccount: string;
  /** Button below an error. */
  reloadPage: string;
  /** A button that has to wait, such as "Try again in 5 sec": `$1` is what it does, `$2` how long it takes. */
  actionIn: string;
  /** Title of the page in a build without a usable publishable key. */
  setupNeeded: string;
}

/** What only the page shows in which Clerk is loaded: no other has to carry it. */
export interface FormTexts {
  /** Shown by Clerk's forms where the browser refuses to use a passkey in an extension. */
  passkeysElsewhere: string;
  /** Shown by Clerk's forms where the instance has nothing but providers, and the build no single sign-on. */
  providersOff: string;
}

/** The errors that no content script is answered, those of single sign-on among them, and those that only a developer can mend: it has them in English. */
export type DeveloperErrorCode =
  | SsoErrorCode
  | 'captcha-required'
  | 'bad-request'
  | 'forbidden'
  | 'misconfigured'
  | 'origin-refused'
  | 'native-api-off'
  | 'api-refused'
  | 'response-too-large'
  | 'not-found';

/** One sentence for each error code: what happened and what the reader can do. In English they are in message-error.ts. */
export type ErrorTexts = Record<Exclude<ErrorCode, DeveloperErrorCode | PageErrorCode>, string>;
export type DeveloperErrorTexts = Record<DeveloperErrorCode, string>;
