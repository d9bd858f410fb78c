import { frFR } from '@clerk/localizations/fr-FR';
import type { Localization } from './index';

const BACKUP_CODES =
  'Conservez ces codes de secours en lieu sûr. Ils vous permettent de vous connecter si vous perdez votre appareil.';

/** Clerk's French, with what version 4.18.0 leaves in English on the way in. */
const french: Localization = {
  ...frFR,
  formFieldInput__emailAddress_format: 'Exemple : name@example.com',
  formFieldInputPlaceholder__signUpPassword: 'Créez un mot de passe',
  // As in the account card.
  organizationSwitcher: { ...frFR.organizationSwitcher, personalWorkspace: 'Compte personnel' },
  signIn: {
    ...frFR.signIn,
    passwordCompromised: { title: 'Mot de passe compromis' },
    passwordUntrusted: { title: 'Mot de passe non fiable' },
  },
  taskResetPassword: {
    formButtonPrimary: 'Réinitialiser le mot de passe',
    signOut: { actionLink: 'Se déconnecter', actionText: 'Connecté en tant que {{identifier}}' },
    subtitle: 'Votre compte a besoin d’un nouveau mot de passe avant de continuer',
    title: 'Réinitialiser votre mot de passe',
  },
  taskSetupMfa: {
    badge: 'Configuration de la vérification en deux étapes',
    signOut: { actionLink: 'Se déconnecter', actionText: 'Connecté en tant que {{identifier}}' },
    smsCode: {
      addPhone: {
        formButtonPrimary: 'Continuer',
        infoText:
          'Un SMS contenant un code de vérification sera envoyé à ce numéro. Des frais peuvent s’appliquer.',
      },
      addPhoneNumber: 'Ajouter un numéro de téléphone',
      cancel: 'Annuler',
      subtitle: 'Choisissez le numéro de téléphone qui recevra les codes par SMS',
      success: {
        finishButton: 'Continuer',
        message1:
          'La vérification en deux étapes est activée. À chaque connexion, vous saisirez en plus un code envoyé à ce numéro.',
        message2: BACKUP_CODES,
        title: 'Vérification par SMS activée',
      },
      title: 'Ajouter la vérification par SMS',
      verifyPhone: {
        formButtonPrimary: 'Continuer',
        formTitle: 'Code de vérification',
        resendButton: 'Vous n’avez pas reçu de code ? Renvoyer',
        subtitle: 'Saisissez le code envoyé au',
        title: 'Vérifier votre numéro de téléphone',
      },
    },
    start: {
      methodSelection: { phoneCode: 'Code par SMS', totp: 'Application d’authentification' },
      subtitle: 'Choisissez comment mieux protéger votre compte',
      title: 'Configurer la vérification en deux étapes',
    },
    totpCode: {
      addAuthenticatorApp: {
        buttonAbleToScan__nonPrimary: 'Scanner plutôt le code QR',
        buttonUnableToScan__nonPrimary: 'Impossible de scanner le code QR ?',
        formButtonPrimary: 'Continuer',
        formButtonReset: 'Annuler',
        infoText__ableToScan:
          'Ajoutez une méthode de connexion dans votre application d’authentification et scannez ce code QR.',
        infoText__unableToScan:
          'Ajoutez une méthode de connexion dans votre application d’authentification et saisissez cette clé.',
        inputLabel__unableToScan1:
          'Activez les mots de passe à usage unique basés sur le temps, puis terminez l’association de votre compte.',
      },
      success: {
        finishButton: 'Continuer',
        message1:
          'La vérification en deux étapes est activée. À chaque connexion, vous saisirez en plus un code de cette application.',
        message2: BACKUP_CODES,
        title: 'Vérification par application activée',
      },
      title: 'Ajouter une application d’authentification',
      verifyTotp: {
        formButtonPrimary: 'Continuer',
        formButtonReset: 'Annuler',
        formTitle: 'Code de vérification',
        subtitle: 'Saisissez le code affiché par votre application d’authentification',
        title: 'Ajouter une application d’authentification',
      },
    },
  },
  unstable__errors: {
    ...frFR.unstable__errors,
    action_blocked:
      'Cette action n’a pas pu aboutir. Réessayez plus tard ou contactez le support si le problème persiste.',
    form_new_password_matches_current: 'Le nouveau mot de passe doit être différent de l’actuel.',
    form_password_matches_identifier:
      'Le mot de passe ne peut pas être votre adresse e-mail, votre numéro de téléphone ou votre nom d’utilisateur. Veuillez en choisir un autre.',
    ticket_expired_code: 'Ce lien a expiré. Recommencez ou demandez-en un nouveau.',
    ticket_invalid_code:
      'Ce lien n’est plus valable ou a déjà été utilisé. Recommencez ou demandez-en un nouveau.',
    form_password_untrusted__sign_in:
      'Votre mot de passe n’est peut-être plus sûr. Pour protéger votre compte, connectez-vous par une autre méthode, puis réinitialisez votre mot de passe.',
  },
};

export default french;
