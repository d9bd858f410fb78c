import { frFR } from '@clerk/localizations/fr-FR';
import type { Localization } from './index';

/** Clerk's French, with what version 4.18.0 leaves in English on the way in. */
const french: Localization = {
  ...frFR,
  formFieldInput__emailAddress_format: 'Exemple : name@example.com',
  formFieldInputPlaceholder__signUpPassword: 'Créez un mot de passe',
  signIn: {
    ...frFR.signIn,
    passwordCompromised: { title: 'Mot de passe compromis' },
    passwordUntrusted: { title: 'Mot de passe non fiable' },
  },
  unstable__errors: {
    ...frFR.unstable__errors,
    action_blocked:
      'Cette action n’a pas pu aboutir. Réessayez plus tard ou contactez le support si le problème persiste.',
    form_new_password_matches_current: 'Le nouveau mot de passe doit être différent de l’actuel.',
    form_password_matches_identifier:
      'Le mot de passe ne peut pas être votre adresse e-mail, votre numéro de téléphone ou votre nom d’utilisateur. Veuillez en choisir un autre.',
    form_password_untrusted__sign_in:
      'Votre mot de passe n’est peut-être plus sûr. Pour protéger votre compte, connectez-vous par une autre méthode, puis réinitialisez votre mot de passe.',
  },
};

export default french;
