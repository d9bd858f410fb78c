import type { DeveloperErrorTexts, ErrorTexts, FormTexts, Texts } from './texts';

/** What the package shows in German. */
export const texts: Texts = {
  loading: 'Wird geladen',
  loadingForm: 'Anmeldeformular wird geladen',
  identifier: 'E-Mail-Adresse oder Benutzername',
  continue: 'Fortsetzen',
  back: 'Zurück',
  signedIn: 'Angemeldet',
  openSidePanel: 'Seitenleiste öffnen',
  manageAccount: 'Konto verwalten',
  accounts: 'Konten',
  accountOf: 'Konto von $1',
  addAccount: 'Konto hinzufügen',
  signOutOf: '$1 abmelden',
  signOutOfAll: 'Von allen Konten abmelden',
  personalAccount: 'Persönliches Konto',
  switchOrganization: 'Organisation wechseln',
  manageOrganization: 'Organisation verwalten',
  signOut: 'Abmelden',
  signingOut: 'Abmeldung läuft …',
  signedOut: 'Dieses Konto ist abgemeldet.',
  tryAgain: 'Erneut versuchen',
  openDashboard: 'Clerk-Dashboard öffnen',
  allowAccess: 'Zugriff erlauben',
  useAnotherAccount: 'Anderes Konto verwenden',
  reloadPage: 'Seite neu laden',
  actionIn: '$1 (in $2)',
  setupNeeded: 'Einrichtung erforderlich',
};

export const formTexts: FormTexts = {
  passkeysElsewhere:
    'Passkeys funktionieren in dieser Erweiterung nicht. Nehmen Sie hier einen anderen Weg und Ihre Passkeys auf der Website der App.',
  providersOff:
    'Diese App meldet mit Anbietern wie Google an, die dieser Build weglässt. Schreiben Sie clerk: { sso: true } in wxt.config.ts und bauen Sie neu.',
};

export const errors: ErrorTexts = {
  offline: 'Sie sind offline. Stellen Sie eine Internetverbindung her und versuchen Sie es erneut.',
  unavailable: 'Der Anmeldedienst ist nicht erreichbar. Versuchen Sie es gleich noch einmal.',
  timeout: 'Der Anmeldedienst hat nicht rechtzeitig geantwortet. Versuchen Sie es gleich noch einmal.',
  'rate-limited': 'Zu viele Anfragen. Warten Sie einen Moment und versuchen Sie es erneut.',
  'host-permission-missing':
    'Die Erweiterung darf nicht auf den Anmeldedienst zugreifen. Erlauben Sie es, um fortzufahren.',
  'account-blocked':
    'Dieses Konto ist gesperrt. Wenden Sie sich an den Betreiber dieser App oder melden Sie sich mit einem anderen Konto an.',
  refused:
    'Der Anmeldedienst hat die Anfrage abgelehnt. Melden Sie sich ab und wieder an, wenn das so bleibt.',
  'not-a-member': 'Sie gehören nicht zu dieser Organisation. Wählen Sie eine der Ihren.',
  'signed-out': 'Niemand ist angemeldet. Melden Sie sich an und versuchen Sie es erneut.',
  'api-unavailable':
    'Die API ist nicht erreichbar oder hat nicht rechtzeitig geantwortet. Versuchen Sie es gleich noch einmal.',
  'storage-unavailable':
    'Der Browser kann für diese Erweiterung nichts speichern. Geben Sie Speicherplatz frei und versuchen Sie es erneut.',
  'background-stopped':
    'Die Erweiterung wurde neu gestartet, während sie antwortete. Versuchen Sie es erneut.',
  'context-invalidated': 'Die Erweiterung wurde aktualisiert. Laden Sie diese Seite neu.',
  internal:
    'In der Erweiterung ist etwas schiefgegangen. Versuchen Sie es erneut oder laden Sie die Erweiterung neu.',
};

export const developerErrors: DeveloperErrorTexts = {
  'captcha-required':
    'Der Anmeldedienst will einen Nachweis, dass Sie kein Bot sind, und den kann eine Erweiterung nicht erbringen. Legen Sie Ihr Konto auf der Website der App an und melden Sie sich dann hier an.',
  'bad-request':
    'Der Hintergrundprozess kennt diese Anfrage nicht. Laden Sie die Erweiterung neu, damit alle Teile dieselbe Version haben.',
  forbidden: 'Diese Seite darf das nicht vom Hintergrundprozess verlangen.',
  misconfigured:
    'Der Publishable Key dieses Builds ist ungültig. Setzen Sie WXT_CLERK_PUBLISHABLE_KEY und bauen Sie neu.',
  'origin-refused':
    'Der Anmeldedienst akzeptiert diese Erweiterung nicht. Nehmen Sie ihren Ursprung in die „allowed origins“ Ihrer Clerk-Instanz auf.',
  'native-api-off':
    'Der Anmeldedienst akzeptiert keine Erweiterungen. Schalten Sie im Clerk-Dashboard die Native API ein.',
  'api-refused':
    'Die Erweiterung sendet kein Token an diese Adresse. Nehmen Sie ihren Ursprung in access.config.ts unter apiOrigins auf und bauen Sie neu.',
  'redirect-refused':
    'Der Anmeldedienst akzeptiert die Adresse nicht, zu der die Anmeldung bei einem Anbieter zurückkehrt. Nehmen Sie sie in die „redirect URLs“ Ihrer Clerk-Instanz auf:',
  'provider-refused':
    'Der Anbieter hat Sie nicht angemeldet. Versuchen Sie es erneut oder nehmen Sie einen anderen Weg.',
  'provider-closed':
    'Das Fenster des Anbieters wurde geschlossen, bevor Sie angemeldet waren. Versuchen Sie es erneut.',
  'sign-in-unfinished':
    'Bis zur Anmeldung fehlt noch ein Schritt. Öffnen Sie das Anmeldeformular und machen Sie dort weiter.',
  'response-too-large': 'Die Antwort der API ist zu groß. Fragen Sie weniger auf einmal ab.',
  'not-found': 'Was verlangt wurde, gibt es nicht oder nicht mehr. Fragen Sie erneut ab, was es gibt.',
};
