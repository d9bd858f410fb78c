import { deDE } from '@clerk/localizations/de-DE';
import type { Localization } from './index';

/** Clerk's German, with what version 4.18.0 leaves in English on the way in, and without its few "Du". */
const german: Localization = {
  ...deDE,
  badge__you: 'Sie',
  formFieldInput__emailAddress_format: 'Beispiel: name@example.com',
  formFieldInputPlaceholder__signUpPassword: 'Passwort erstellen',
  signIn: {
    ...deDE.signIn,
    passwordCompromised: { title: 'Passwort kompromittiert' },
    passwordUntrusted: { title: 'Passwort nicht vertrauenswürdig' },
  },
  userProfile: {
    ...deDE.userProfile,
    passwordPage: {
      ...deDE.userProfile?.passwordPage,
      successMessage__update: 'Ihr Passwort wurde aktualisiert.',
    },
  },
  unstable__errors: {
    ...deDE.unstable__errors,
    action_blocked:
      'Diese Aktion konnte nicht abgeschlossen werden. Versuchen Sie es später erneut oder wenden Sie sich an den Support.',
    form_new_password_matches_current: 'Das neue Passwort darf nicht das bisherige sein.',
    form_password_matches_identifier:
      'Das Passwort darf nicht Ihrer E-Mail-Adresse, Telefonnummer oder Ihrem Benutzernamen entsprechen. Wählen Sie bitte ein anderes.',
    form_password_untrusted__sign_in:
      'Ihr Passwort ist möglicherweise nicht mehr sicher. Melden Sie sich zum Schutz Ihres Kontos auf andere Weise an und setzen Sie danach Ihr Passwort zurück.',
  },
};

export default german;
