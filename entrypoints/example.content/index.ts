import {
  access,
  errorSentence,
  fetchApi,
  type MessageError,
  type PublicAuthState,
  toMessageError,
  watchPublicUser,
} from 'wxt-clerk/content';
import accent from 'wxt-clerk/ui/accent.css?inline';
import { createShadowRootUi, defineContentScript } from '#imports';
import { type Card, createCard } from './card';
import css from './card.css?inline';

/** What the API answers to `GET /notes`; an error of it has another shape. */
type NotePage = { notes: { id: string; text: string; createdAt: number }[]; total: number };

const NAME = 'clerk-example-card';

/** Shows on a web page who is signed in, and what the developer's own API says of them. Left out of builds without matches. */
export default defineContentScript({
  matches: access.contentScript.matches,
  // The page would learn the extension's id, and could forge the message.
  noScriptStartedPostMessage: true,

  async main(ctx) {
    // After an update Firefox starts the new script in pages that still show the old one's card.
    for (const left of document.querySelectorAll(NAME)) left.remove();
    const ui = await createShadowRootUi(ctx, {
      name: NAME,
      // Out of the way of the page's scripts, but no secret from them: `window.find` reads the text in here, and in Firefox
      // the selection that it makes leads to the nodes. Show nothing that the page's scripts may not know.
      mode: 'closed',
      position: 'inline',
      anchor: 'body',
      css: accent + css,
      onMount: (container) => {
        const sentenceOf = createSentences();
        const card = createCard(container, () => ui.remove());
        watchPublicUser(
          {
            onChange: createPersonView(card, sentenceOf),
            // Chrome tells a content script of an update only by failing.
            onError: (error) => ctx.isValid && card.showProblem(sentenceOf(error)),
          },
          ctx.signal,
        );
      },
    });
    ui.mount();
  },
});

/** Shows a state, and asks the API for every change of it. */
function createPersonView(
  card: Card,
  sentenceOf: (error: MessageError) => string,
): (state: PublicAuthState) => void {
  const [apiOrigin] = access.apiOrigins;
  let shown: PublicAuthState | null = null;

  return (state) => {
    shown = state;
    if (!state.user) return card.showSignedOut();
    card.showUser(state.user);
    if (!apiOrigin) return card.showApiAnswer(null);
    const address = `${apiOrigin}/notes`;
    const question = `GET ${address}`;
    const show = (status: number | null, text: string) => {
      // Meanwhile somebody else may have signed in, or nobody be.
      if (shown === state) card.showApiAnswer({ question, status, text });
    };
    show(null, '…');
    fetchApi<NotePage>(address).then(
      ({ status, body }) => show(status, JSON.stringify(body, null, 2)),
      (error) => show(null, sentenceOf(toMessageError(error))),
    );
  };
}

// Once the extension was updated Chrome gives its content scripts no texts any more, so that one is read ahead.
function createSentences(): (error: MessageError) => string {
  const updated = errorSentence('context-invalidated');
  return ({ code }) => (code === 'context-invalidated' ? updated : errorSentence(code));
}
