import '../../messages/page-errors';
import type { PageErrorCode } from '../../messages/page-errors';
import { DEVELOPER_ERROR_TEXTS } from './index';

/** The sentences of `messages/page-errors.ts`; English is there. */
export const PAGE_ERROR_TEXTS: Record<string, Record<PageErrorCode, string> | undefined> = {
  de: __CLERK_SPEAKS_DE__
    ? {
        'request-too-large': 'Das ist zu viel auf einmal. Senden Sie weniger oder mehrere Teile.',
        'response-invalid':
          'Die Antwort der API ist nicht die, die diese Version der Erweiterung erwartet. Aktualisieren Sie die Erweiterung.',
        'transfer-unavailable':
          'Dieses Fenster hat die Anfrage nicht rechtzeitig übergeben. Versuchen Sie es erneut, in einem, das weder privat ist noch zu einem Container gehört.',
        'reverification-cancelled':
          'Sie haben nicht bestätigt, dass Sie es sind. Versuchen Sie es erneut und bestätigen Sie es.',
      }
    : undefined,
  fr: __CLERK_SPEAKS_FR__
    ? {
        'request-too-large': 'C’est trop à envoyer en une fois. Envoyez-en moins, ou plusieurs parties.',
        'response-invalid':
          'La réponse de l’API n’est pas celle que cette version de l’extension attend. Mettez à jour l’extension.',
        'transfer-unavailable':
          'Cette fenêtre n’a pas transmis la requête à temps. Réessayez, dans une fenêtre qui ne soit ni privée ni d’un conteneur.',
        'reverification-cancelled':
          'Vous n’avez pas confirmé qu’il s’agit bien de vous. Réessayez et confirmez-le.',
      }
    : undefined,
};

for (const [language, texts] of Object.entries(PAGE_ERROR_TEXTS))
  DEVELOPER_ERROR_TEXTS[language] = { ...DEVELOPER_ERROR_TEXTS[language], ...texts };
