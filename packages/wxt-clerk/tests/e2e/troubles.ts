import type { EmulatorControl } from 'clerk-emulator';
import type { ExtensionBrowser } from 'extension-driver';

/** What stands between an extension and its server for a while. */
export interface Trouble {
  begin(browser: ExtensionBrowser, control: EmulatorControl): Promise<unknown>;
  end(browser: ExtensionBrowser, control: EmulatorControl): Promise<unknown>;
}

const FAULT_DETAILS = { delay: { delayMs: 3000 }, drop: {}, status: { status: 500 } };

/** Every trouble by its name: none, the network away, and each fault of these endpoints of the Frontend API. */
export function troublesOf(endpoints: readonly string[]): Record<string, Trouble> {
  const fault = (kind: keyof typeof FAULT_DETAILS): Trouble => ({
    begin: async (_, control) => {
      for (const endpoint of endpoints) await control.addFault({ endpoint, kind, ...FAULT_DETAILS[kind] });
    },
    end: (_, control) => control.clearFaults(),
  });
  return {
    online: { begin: async () => {}, end: async () => {} },
    offline: { begin: (browser) => browser.setOffline(true), end: (browser) => browser.setOffline(false) },
    '500': fault('status'),
    slow: fault('delay'),
    dropped: fault('drop'),
  };
}
