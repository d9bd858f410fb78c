import type { DeveloperErrorTexts, ErrorTexts, FormTexts, Texts } from './texts';

/** What the package shows in French. */
export const texts: Texts = {
  loading: 'Chargement',
  loadingForm: 'Chargement du formulaire de connexion',
  identifier: 'Adresse e-mail ou nom d’utilisateur',
  continue: 'Continuer',
  back: 'Retour',
  signedIn: 'Connecté',
  openSidePanel: 'Ouvrir le panneau latéral',
  manageAccount: 'Gérer le compte',
  accounts: 'Comptes',
  accountOf: 'Compte de $1',
  addAccount: 'Ajouter un compte',
  signOutOf: 'Déconnecter $1',
  signOutOfAll: 'Se déconnecter de tous les comptes',
  personalAccount: 'Compte personnel',
  switchOrganization: 'Changer d’organisation',
  manageOrganization: 'Gérer l’organisation',
  signOut: 'Se déconnecter',
  signingOut: 'Déconnexion…',
  signedOut: 'Ce compte est déconnecté.',
  tryAgain: 'Réessayer',
  openDashboard: 'Ouvrir le tableau de bord Clerk',
  allowAccess: 'Autoriser l’accès',
  useAnotherAccount: 'Utiliser un autre compte',
  reloadPage: 'Recharger la page',
  actionIn: '$1 (dans $2)',
  setupNeeded: 'Configuration requise',
};

export const formTexts: FormTexts = {
  passkeysElsewhere:
    'Les clés d’accès ne fonctionnent pas dans cette extension. Utilisez ici une autre méthode, et vos clés d’accès sur le site de l’application.',
  providersOff:
    'Cette application connecte avec des fournisseurs comme Google, que cette version n’a pas. Écrivez clerk: { sso: true } dans wxt.config.ts et recompilez.',
};

export const errors: ErrorTexts = {
  offline: 'Vous êtes hors ligne. Connectez-vous à Internet et réessayez.',
  unavailable: 'Le service de connexion est injoignable. Réessayez dans un instant.',
  timeout: 'Le service de connexion n’a pas répondu à temps. Réessayez dans un instant.',
  'rate-limited': 'Trop de requêtes. Patientez un instant et réessayez.',
  'host-permission-missing':
    'L’extension n’a pas accès au service de connexion. Autorisez-la pour continuer.',
  'account-blocked':
    'Ce compte est bloqué. Contactez les responsables de cette application ou connectez-vous avec un autre compte.',
  refused:
    'Le service de connexion a refusé la requête. Si cela persiste, déconnectez-vous puis reconnectez-vous.',
  'not-a-member': 'Vous n’êtes pas membre de cette organisation. Choisissez-en une des vôtres.',
  'signed-out': 'Personne n’est connecté. Connectez-vous et réessayez.',
  'api-unavailable': 'L’API est injoignable ou n’a pas répondu à temps. Réessayez dans un instant.',
  'storage-unavailable':
    'Le navigateur ne peut rien enregistrer pour cette extension. Libérez de l’espace disque et réessayez.',
  'background-stopped': 'L’extension a redémarré pendant sa réponse. Réessayez.',
  'context-invalidated': 'L’extension a été mise à jour. Rechargez cette page.',
  internal: 'Une erreur s’est produite dans l’extension. Réessayez ou rechargez l’extension.',
};

export const developerErrors: DeveloperErrorTexts = {
  'captcha-required':
    'Le service de connexion veut la preuve que vous n’êtes pas un robot, ce qu’une extension ne peut pas fournir. Créez votre compte sur le site de l’application, puis connectez-vous ici.',
  'bad-request':
    'L’arrière-plan ne connaît pas cette requête. Rechargez l’extension pour que toutes ses parties aient la même version.',
  forbidden: 'Cette page n’a pas le droit de demander cela à l’arrière-plan.',
  misconfigured:
    'La clé publiable de cette version n’est pas valide. Définissez WXT_CLERK_PUBLISHABLE_KEY et recompilez.',
  'origin-refused':
    'Le service de connexion n’accepte pas cette extension. Ajoutez son origine aux origines autorisées de votre instance Clerk.',
  'native-api-off':
    'Le service de connexion n’accepte pas les extensions. Activez la Native API dans le tableau de bord Clerk.',
  'api-refused':
    'L’extension n’envoie pas de jeton à cette adresse. Ajoutez son origine à apiOrigins dans access.config.ts et recompilez.',
  'redirect-refused':
    'Le service de connexion n’accepte pas l’adresse à laquelle un fournisseur revient. Ajoutez-la aux « redirect URLs » de votre instance Clerk :',
  'provider-refused': 'Le fournisseur ne vous a pas connecté. Réessayez ou choisissez une autre méthode.',
  'provider-closed': 'La fenêtre du fournisseur a été fermée avant la connexion. Réessayez.',
  'sign-in-unfinished':
    'Il reste une étape avant la connexion. Ouvrez le formulaire de connexion et continuez là.',
  'response-too-large': 'La réponse de l’API est trop volumineuse. Demandez moins de données à la fois.',
  'not-found': 'Ce qui a été demandé n’existe pas ou n’existe plus. Demandez de nouveau ce qui existe.',
};
