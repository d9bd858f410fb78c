import type { EmulatorControl, Fault } from 'clerk-emulator';
import { expect } from 'vitest';
import { byTurns } from '../../../../../tools/e2e/by-turns.ts';
import { submitPassword, waitForSignInForm } from '../../../../../tools/steps/sign-in.ts';
import { sized } from '../../../../../tools/test-size.ts';
import { ask } from '../fixtures.ts';
import { test } from '../shared-browser.ts';
import { GRACE, graceIsSignedIn } from './people.ts';

byTurns();

const CLIENT = 'GET /v1/client';

interface State {
  begin(control: EmulatorControl): Promise<unknown>;
  end(control: EmulatorControl): Promise<unknown>;
}

const refusal = (fault: Omit<Fault, 'endpoint' | 'kind'>): State => ({
  begin: (control) => control.addFault({ endpoint: CLIENT, kind: 'status', ...fault }),
  end: (control) => control.clearFaults(),
});

const STATES: Record<string, State> = {
  '401': refusal({ status: 401, code: 'authorization_invalid' }),
  '403': refusal({ status: 403, code: 'action_blocked' }),
  '500': refusal({ status: 500 }),
  // "No news", which is not "nobody".
  maintenance: {
    begin: (control) => control.configure({ maintenanceMode: true }),
    end: (control) => control.configure({ maintenanceMode: false }),
  },
  'a page of a proxy': refusal({ status: 200, body: '<html>Log in to this network first</html>' }),
};

const NAMES = sized({ usual: ['401', 'maintenance'], matrix: Object.keys(STATES) });

test.for(Object.entries(STATES).filter(([name]) => NAMES.includes(name)))(
  'while Clerk answers %s nobody is lost and no page is dead',
  async ([, state], { browser, control }) => {
    await control.createUser(GRACE);
    await state.begin(control);
    const popup = await browser.openPopup();
    // Who has no client yet can begin all the same while Clerk is in maintenance.
    await popup.waitForText(/Try again|undergoing maintenance/);
    await state.end(control);
    await waitForSignInForm(popup);

    // In the middle of a sign-in: the session is there, and nobody can be told about it.
    await popup.type('input[name="identifier"]', GRACE.emailAddress);
    await popup.click({ role: 'button', name: 'Continue' });
    await popup.waitForText('Enter your password');
    await state.begin(control);
    await submitPassword(popup, GRACE.password);
    await popup.waitForText('Try again');
    await state.end(control);
    await graceIsSignedIn(popup);
    await popup.close();

    await state.begin(control);
    const again = await browser.openPopup();
    await graceIsSignedIn(again);
    await again.click({ role: 'button', name: 'Manage account' });
    await again.waitForText('Try again');
    expect(await ask(again, { type: 'get-user' })).toMatchObject({ ok: true, value: { firstName: 'Grace' } });
    await state.end(control);
    await again.waitForText('Profile details');
    await again.close();
  },
);
