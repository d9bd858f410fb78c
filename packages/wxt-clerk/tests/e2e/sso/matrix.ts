import type { InstanceType } from 'clerk-emulator';
import { describe, inject } from 'vitest';
import { byTurns } from '../../../../../tools/e2e/by-turns.ts';
import { sized } from '../../../../../tools/test-size.ts';
import { sharedBrowserTest } from '../shared-browser.ts';
import { OUTCOMES } from './outcomes.ts';
import { openPlace, PLACES, type Place } from './places.ts';
import { callbackOf, setUpProviders } from './provider.ts';

/**
 * Registers a test of each outcome: in the matrix in every place, usually in one, and with a development key the first ones
 * alone, since the credential's way is all that differs.
 */
export function testOutcomes(instanceName: InstanceType): void {
  byTurns();
  const test = sharedBrowserTest({ instanceName, variables: { WXT_CLERK_SSO: 'true' } });
  const chosen = Object.entries(OUTCOMES).filter(
    ([, { isOfFirefox }]) => !isOfFirefox || inject('browserName') === 'firefox',
  );
  describe.each(['popup', 'panel', 'tab'] satisfies Place[])('in a %s', (place) => {
    chosen.forEach(([name, { settings, people = [], act }], number) => {
      const isUsual =
        PLACES[number % PLACES.length] === place && (instanceName === 'production' || number < PLACES.length);
      test.runIf(sized({ usual: isUsual, matrix: true }))(
        name,
        async ({ browser, control, extensionPath }) => {
          const callback = await callbackOf(extensionPath);
          await setUpProviders(control, callback, settings);
          for (const person of people) await control.createUser(person);
          await act({ browser, control, callback, open: () => openPlace(browser, place) });
        },
      );
    });
  });
}
