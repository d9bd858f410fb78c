import { displayName, initials, language, type PublicUser } from 'wxt-clerk/content';
import { localized } from '../../utils/localized';

/** What the example shows in the corner of a web page. */
export interface Card {
  showUser(user: PublicUser): void;
  showSignedOut(): void;
  /** What the API answered, with its status, or why it did not. */
  showApiAnswer(answer: ApiAnswer | null): void;
  showProblem(sentence: string): void;
}

export interface ApiAnswer {
  /** What was asked: `GET api.example.com/me`. */
  question: string;
  /** HTTP status, `null` as long as there is no answer. */
  status: number | null;
  /** Text, set as text: a page's card shows no HTML that came from anywhere. */
  text: string;
}

/** Puts the card into its container. Plain DOM: a content script is on every page, and a framework would be, too. */
export function createCard(container: HTMLElement, onClose: () => void): Card {
  const avatar = element('span', 'avatar', { 'aria-hidden': 'true' });
  const name = element('p', 'name', { 'data-testid': 'card-name' });
  const status = element('p', 'status', { 'data-testid': 'card-status' });
  const question = element('p', 'question');
  const answer = element('pre', 'answer', { 'data-testid': 'card-api' });
  const api = element('div', 'api', {}, question, answer);
  const close = element('button', 'close', { type: 'button', 'aria-label': localized('cardHide') });
  close.textContent = '×';
  close.addEventListener('click', onClose);
  const who = element('div', 'who', {}, name, status);
  const head = element('header', 'head', {}, avatar, who, close);
  const card = element(
    'section',
    'card wxt-clerk-accent',
    { 'data-testid': 'card', lang: language(), 'aria-label': localized('cardLabel') },
    head,
    api,
  );
  container.replaceChildren(card);

  function show(kind: 'loading' | 'signed-in' | 'signed-out' | 'failed', title: string, line: string): void {
    card.dataset.state = kind;
    name.textContent = title;
    status.textContent = line;
  }

  function showApiAnswer(given: ApiAnswer | null): void {
    api.hidden = given === null;
    question.textContent = [given?.question, given?.status].filter(Boolean).join(' – ');
    answer.textContent = given?.text ?? '';
  }

  function showNobody(kind: 'loading' | 'signed-out' | 'failed', title: string, line: string): void {
    show(kind, title, line);
    avatar.replaceChildren();
    showApiAnswer(null);
  }

  showNobody('loading', localized('cardAsking'), localized('cardAskingHint'));
  return {
    showUser(user) {
      const named = { ...user, emailAddress: null };
      const nameless = localized('cardLabel');
      show('signed-in', displayName(named, nameless), localized('cardSignedIn'));
      avatar.replaceChildren(pictureOf(user.imageUrl, initials(named, nameless)));
    },
    showSignedOut: () => showNobody('signed-out', localized('cardSignedOut'), localized('cardSignedOutHint')),
    showApiAnswer,
    showProblem: (sentence) => showNobody('failed', localized('cardFailed'), sentence),
  };
}

function pictureOf(imageUrl: string | null, letters: string): Node {
  if (!imageUrl) return new Text(letters);
  const picture = element('img', 'picture', { src: imageUrl, alt: '' });
  // The page's own Content Security Policy may forbid it.
  picture.addEventListener('error', () => picture.replaceWith(letters));
  return picture;
}

function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  className: string,
  attributes: Record<string, string> = {},
  ...children: Node[]
): HTMLElementTagNameMap[Tag] {
  const created = document.createElement(tag);
  created.className = className;
  for (const [name, value] of Object.entries(attributes)) created.setAttribute(name, value);
  created.append(...children);
  return created;
}
