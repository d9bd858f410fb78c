import { expect, test } from 'vitest';
import { hasOnlyProviders } from '../src/ui/clerk/ProvidersOff';

const settings = (authenticatableSocialStrategies: string[], enabledFirstFactorIdentifiers: string[]) => ({
  userSettings: { authenticatableSocialStrategies, enabledFirstFactorIdentifiers },
});

test.each([
  ['only providers', settings(['oauth_google'], []), true],
  ['providers beside an e-mail address', settings(['oauth_google'], ['email_address']), false],
  ['no providers', settings([], ['email_address']), false],
  ['nothing at all', settings([], []), false],
  ['an instance that is not known yet', undefined, false],
])('%s: %#', (_, environment, expected) => {
  expect(hasOnlyProviders(environment)).toBe(expected);
});
