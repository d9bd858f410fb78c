import { describe, expect, test, vi } from 'vitest';
import { createCard } from './card';

function cardIn() {
  const container = document.createElement('div');
  const onClose = vi.fn();
  const card = createCard(container, onClose);
  const find = (selector: string) => container.querySelector<HTMLElement>(selector);
  const text = (testId: string) => find(`[data-testid="${testId}"]`)?.textContent;
  return { card, find, text, onClose };
}

const ADA = { firstName: 'Ada', lastName: 'Lovelace', imageUrl: null };
const ANSWER = { question: 'GET api.example/me', status: 200, text: '{"a":1}' };

describe('the card on a web page', () => {
  test('says that it is asking, before it knows', () => {
    const { text, find } = cardIn();
    expect(text('card-name')).toBe('One moment');
    expect(find('.api')?.hidden).toBe(true);
  });

  test('shows the person, with initials for a picture', () => {
    const { card, text, find } = cardIn();
    card.showUser(ADA);
    expect(text('card-name')).toBe('Ada Lovelace');
    expect(find('.avatar')?.textContent).toBe('AL');
    expect(find('.card')?.dataset.state).toBe('signed-in');
  });

  test('shows the initials where the page does not let it load the picture', () => {
    const { card, find } = cardIn();
    card.showUser({ ...ADA, imageUrl: 'https://img.example/ada.png' });
    expect(find('img')?.getAttribute('src')).toBe('https://img.example/ada.png');
    find('img')?.dispatchEvent(new Event('error'));
    expect(find('.avatar')?.textContent).toBe('AL');
  });

  test('shows what the API said, as text', () => {
    const { card, text, find } = cardIn();
    card.showUser(ADA);
    card.showApiAnswer({ ...ANSWER, text: '<img src=x onerror=alert(1)>' });
    expect(find('.question')?.textContent).toBe('GET api.example/me – 200');
    expect(text('card-api')).toBe('<img src=x onerror=alert(1)>');
    expect(find('.answer img')).toBeNull();
  });

  test('keeps nothing of the person after a sign-out', () => {
    const { card, find, text } = cardIn();
    card.showUser(ADA);
    card.showApiAnswer(ANSWER);
    card.showSignedOut();
    expect(text('card-name')).toBe('Nobody is signed in');
    expect(text('card-api')).toBe('');
    expect(find('.card')?.textContent).not.toMatch(/Ada|AL|"a"/);
  });

  test('shows a problem in its sentence', () => {
    const { card, text } = cardIn();
    card.showProblem('You are offline.');
    expect(text('card-status')).toBe('You are offline.');
  });

  test('can be put away', () => {
    const { find, onClose } = cardIn();
    find('button')?.click();
    expect(onClose).toHaveBeenCalledOnce();
  });
});
