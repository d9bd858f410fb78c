import { displayName, fetchApi, type PublicAuthState, watchPublicUser } from 'wxt-clerk/content';
import { createShadowRootUi, defineContentScript } from '#imports';
import { access } from '../../../../../src/shared/config';

const NAME = 'clerk-test-card';

/** Shows on a web page who is signed in and what the API says of them, in a closed shadow root. */
export default defineContentScript({
  matches: access.contentScript.matches,
  // The page would learn the extension's id, and could forge the message.
  noScriptStartedPostMessage: true,

  async main(ctx) {
    // After an update Firefox starts the new script in pages that still show the old one's card.
    for (const left of document.querySelectorAll(NAME)) left.remove();
    const ui = await createShadowRootUi(ctx, {
      name: NAME,
      mode: 'closed',
      position: 'inline',
      anchor: 'body',
      onMount: (container) => {
        const name = createLine(container, 'card-name');
        const answer = createLine(container, 'card-api');
        const onChange = createView(name, answer);
        // Chrome tells a content script of an update only by failing, and WXT looks when it is asked.
        watchPublicUser({ onChange, onError: () => void ctx.isValid }, ctx.signal);
      },
    });
    ui.mount();
  },
});

function createLine(container: HTMLElement, testId: string): HTMLElement {
  const line = document.createElement('p');
  line.dataset.testid = testId;
  container.append(line);
  return line;
}

function createView(name: HTMLElement, answer: HTMLElement): (state: PublicAuthState) => void {
  let shown: PublicAuthState | null = null;
  return (state) => {
    shown = state;
    answer.textContent = '';
    name.textContent = state.user
      ? displayName({ ...state.user, emailAddress: null })
      : 'Nobody is signed in';
    if (!state.user) return;
    fetchApi(`${access.apiOrigins[0]}/me`).then(
      ({ body }) => {
        // Meanwhile somebody else may have signed in.
        if (shown === state) answer.textContent = JSON.stringify(body);
      },
      // Meanwhile nobody may be signed in: the card is told of that, too.
      () => {},
    );
  };
}
