/**
 * The one file that builds the background's Clerk client, on `@clerk/clerk-js/no-rhc` itself. Its Frontend API client
 * is used directly (`getFapiClient`, internal to Clerk): `load()` and `getToken()` retry for up to 162 s, ignore
 * Retry-After, and report an offline start as "signed out" (clerk-js 6.40.0, core/resources/Session.ts and Base.ts). Pinned by
 * tests/e2e.
 */
import { Clerk } from '@clerk/clerk-js/no-rhc';
import {
  type ClerkRequest,
  keepCredential,
  markNative,
  sendCredential,
  startsNative,
} from '../../shared/credential-exchange';
import type { CredentialStore } from '../../shared/credential-store';
import { parsePublishableKey } from '../../shared/publishable-key';

export interface FrontendApiRequest {
  method: 'GET' | 'POST' | 'DELETE';
  /** Without `/v1`: `/client/sessions/sess_1/tokens`. */
  path: string;
  /** Sent as a form, its names in snake case. */
  body?: Record<string, string>;
  search?: Record<string, string>;
  signal: AbortSignal;
  /** Goes out instead of the stored credential, and nothing that comes back is stored. */
  credential?: string;
}

export interface FrontendApiResponse {
  status: number;
  /** The JSON body; `null` when there was none. */
  payload: unknown;
  retryAfterSeconds: number | null;
}

/** Clerk's own Frontend API client: one request, one try. */
export interface ClerkClient {
  /** @throws When no answer came: the network failed, or the signal ended it. */
  request(request: FrontendApiRequest): Promise<FrontendApiResponse>;
}

type Hooked = ClerkRequest & Pick<FrontendApiRequest, 'credential'>;

// The internals this file leans on, as they are in clerk-js 6.40.0, core/clerk.ts and core/fapiClient.ts.
interface ClerkInternals {
  __internal_onBeforeRequest(callback: (request: Hooked) => Promise<void>): void;
  __internal_onAfterResponse(callback: (request: Hooked, response?: Response) => Promise<void>): void;
  getFapiClient(): {
    request(init: object, options: { fetchMaxTries: number }): Promise<Response & { payload: unknown }>;
  };
}

/** Creates the Clerk client. Nothing is requested until somebody asks. */
export function createClerkClient(publishableKey: string, store: CredentialStore): ClerkClient {
  const { instanceType } = parsePublishableKey(publishableKey);
  Clerk.sdkMetadata = { name: '@clerk/chrome-extension', version: __CLERK_SDK_VERSION__ };
  const clerk = new Clerk(publishableKey) as unknown as ClerkInternals;

  clerk.__internal_onBeforeRequest(async (request) => {
    // Chrome locks its cache entry of a hung request, and the next one to the same address waits for it ("cache lock":
    // https://www.chromium.org/developers/design-documents/network-stack/http-cache/).
    request.cache = 'no-store';
    const credential = request.credential ?? (await store.read());
    sendCredential(request, credential, instanceType);
    if (credential === undefined && startsNative(request, instanceType)) markNative(request);
  });
  clerk.__internal_onAfterResponse(async (request, response) => {
    if (request.credential === undefined) await keepCredential(request, response, store, instanceType);
  });

  return {
    async request(request) {
      const response = await clerk.getFapiClient().request(request, { fetchMaxTries: 1 });
      const retryAfter = Number(response.headers.get('Retry-After') ?? Number.NaN);
      return {
        status: response.status,
        payload: response.payload,
        retryAfterSeconds: Number.isFinite(retryAfter) ? retryAfter : null,
      };
    },
  };
}
