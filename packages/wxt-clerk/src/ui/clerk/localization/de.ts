import { deDE } from '@clerk/localizations/de-DE';
import type { Localization } from './index';

const BACKUP_CODES =
  'Speichern Sie diese Backup-Codes an einem sicheren Ort. Mit ihnen melden Sie sich an, wenn Sie Ihr Gerät verlieren.';

/** Clerk's German, with what version 4.18.0 leaves in English on the way in, and without its few "Du". */
const german: Localization = {
  ...deDE,
  badge__you: 'Sie',
  formFieldInput__emailAddress_format: 'Beispiel: name@example.com',
  formFieldInputPlaceholder__signUpPassword: 'Passwort erstellen',
  // As in the account card.
  organizationSwitcher: { ...deDE.organizationSwitcher, personalWorkspace: 'Persönliches Konto' },
  signIn: {
    ...deDE.signIn,
    passwordCompromised: { title: 'Passwort kompromittiert' },
    passwordUntrusted: { title: 'Passwort nicht vertrauenswürdig' },
  },
  taskResetPassword: {
    formButtonPrimary: 'Passwort zurücksetzen',
    signOut: { actionLink: 'Abmelden', actionText: 'Angemeldet als {{identifier}}' },
    subtitle: 'Ihr Konto braucht ein neues Passwort, bevor Sie fortfahren können',
    title: 'Passwort zurücksetzen',
  },
  taskSetupMfa: {
    badge: 'Einrichtung der Zwei-Schritt-Verifizierung',
    signOut: { actionLink: 'Abmelden', actionText: 'Angemeldet als {{identifier}}' },
    smsCode: {
      addPhone: {
        formButtonPrimary: 'Fortsetzen',
        infoText:
          'An diese Telefonnummer wird eine SMS mit einem Bestätigungscode gesendet. Es können Gebühren anfallen.',
      },
      addPhoneNumber: 'Telefonnummer hinzufügen',
      cancel: 'Abbrechen',
      subtitle: 'Wählen Sie die Telefonnummer, an die Codes per SMS gehen sollen',
      success: {
        finishButton: 'Fortsetzen',
        message1:
          'Die Zwei-Schritt-Verifizierung ist jetzt aktiv. Bei jeder Anmeldung geben Sie zusätzlich einen Code ein, der an diese Telefonnummer geht.',
        message2: BACKUP_CODES,
        title: 'Verifizierung per SMS ist aktiv',
      },
      title: 'Verifizierung per SMS hinzufügen',
      verifyPhone: {
        formButtonPrimary: 'Fortsetzen',
        formTitle: 'Bestätigungscode',
        resendButton: 'Keinen Code erhalten? Erneut senden',
        subtitle: 'Geben Sie den Code ein, der gesendet wurde an',
        title: 'Telefonnummer bestätigen',
      },
    },
    start: {
      methodSelection: { phoneCode: 'SMS-Code', totp: 'Authentifizierungs-App' },
      subtitle: 'Wählen Sie, womit Sie Ihr Konto zusätzlich schützen möchten',
      title: 'Zwei-Schritt-Verifizierung einrichten',
    },
    totpCode: {
      addAuthenticatorApp: {
        buttonAbleToScan__nonPrimary: 'Stattdessen den QR-Code scannen',
        buttonUnableToScan__nonPrimary: 'QR-Code lässt sich nicht scannen?',
        formButtonPrimary: 'Fortsetzen',
        formButtonReset: 'Abbrechen',
        infoText__ableToScan:
          'Richten Sie in Ihrer Authentifizierungs-App eine neue Anmeldemethode ein und scannen Sie dafür diesen QR-Code.',
        infoText__unableToScan:
          'Richten Sie in Ihrer Authentifizierungs-App eine neue Anmeldemethode ein und geben Sie dafür diesen Schlüssel ein.',
        inputLabel__unableToScan1:
          'Schalten Sie zeitbasierte Einmalpasswörter ein und schließen Sie die Verknüpfung mit Ihrem Konto ab.',
      },
      success: {
        finishButton: 'Fortsetzen',
        message1:
          'Die Zwei-Schritt-Verifizierung ist jetzt aktiv. Bei jeder Anmeldung geben Sie zusätzlich einen Code aus dieser App ein.',
        message2: BACKUP_CODES,
        title: 'Verifizierung per Authentifizierungs-App ist aktiv',
      },
      title: 'Authentifizierungs-App hinzufügen',
      verifyTotp: {
        formButtonPrimary: 'Fortsetzen',
        formButtonReset: 'Abbrechen',
        formTitle: 'Bestätigungscode',
        subtitle: 'Geben Sie den Code ein, den Ihre Authentifizierungs-App anzeigt',
        title: 'Authentifizierungs-App hinzufügen',
      },
    },
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
    ticket_expired_code: 'Dieser Link ist abgelaufen. Beginnen Sie von vorn oder fordern Sie einen neuen an.',
    ticket_invalid_code:
      'Dieser Link gilt nicht mehr oder wurde schon verwendet. Beginnen Sie von vorn oder fordern Sie einen neuen an.',
    form_password_untrusted__sign_in:
      'Ihr Passwort ist möglicherweise nicht mehr sicher. Melden Sie sich zum Schutz Ihres Kontos auf andere Weise an und setzen Sie danach Ihr Passwort zurück.',
  },
};

export default german;
