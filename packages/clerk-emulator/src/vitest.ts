import { afterAll, beforeAll, beforeEach } from 'vitest';
import { EXTENSION_ORIGIN, FapiClient } from './frontend-api-client.ts';
import { type Emulator, type EmulatorOptions, startEmulator } from './index.ts';

/** The emulator of this file or `describe`, once `withEmulator` has been called there. */
export let emulator: Emulator;
/** An extension without a credential, a new one for each test. */
export let client: FapiClient;

/**
 * Starts an emulator for the file or `describe` that calls this, and puts it back to its first state before each test.
 * The origin of `client` is allowed unless the options say otherwise.
 */
export function withEmulator(options: EmulatorOptions = {}): void {
  const settings = { allowedOrigins: [EXTENSION_ORIGIN], ...options.settings };
  beforeAll(async () => {
    emulator = await startEmulator({ ...options, settings });
  });
  afterAll(() => emulator.close());
  beforeEach(async () => {
    await emulator.control.reset();
    client = new FapiClient(emulator);
  });
}
