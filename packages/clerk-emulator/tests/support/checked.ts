import { beforeEach } from 'vitest';
import { type Answer, type Call, EXTENSION_ORIGIN, FapiClient } from '../../src/frontend-api-client.ts';
import type { EmulatorOptions } from '../../src/index.ts';
import { emulator, withEmulator } from '../../src/vitest.ts';
import { assertConforms } from './shapes.ts';

/** An installed extension whose every answer is held to Clerk's document. */
export class CheckedClient extends FapiClient {
  override async call(path: string, call: Call = {}): Promise<Answer> {
    const answer = await super.call(path, call);
    const method = call.method ?? (call.form ? 'POST' : 'GET');
    assertConforms(method, `/v1${path}`, answer.status, answer.json);
    return answer;
  }
}

/** As in `clerk-emulator/vitest`, but checked; new for each test. */
export let client: CheckedClient;

/** `withEmulator` with a checked client. */
export function withCheckedEmulator(settings: EmulatorOptions['settings'] = {}): void {
  withEmulator({ settings: { allowedOrigins: [EXTENSION_ORIGIN], ...settings } });
  beforeEach(() => {
    client = new CheckedClient(emulator);
  });
}

export { emulator };
