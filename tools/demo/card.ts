/** Host element and parts of the example content script's card. */
export const CARD = 'clerk-example-card';
export const CARD_NAME = '[data-testid="card-name"]';
export const CARD_API = '[data-testid="card-api"]';
