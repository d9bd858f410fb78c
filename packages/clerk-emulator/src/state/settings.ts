import type { EmulatorOptions, Settings } from '../types.ts';

/** The settings the emulator starts with and `reset` goes back to. */
export function startSettings(options: EmulatorOptions): Settings {
  return {
    tokenLifetimeSeconds: options.tokenLifetimeSeconds ?? 60,
    latencyMs: options.latencyMs ?? 0,
    clockOffsetSeconds: 0,
    nativeApiEnabled: true,
    refuseOriginWithAuthorization: false,
    allowedOrigins: null,
    strictRotation: false,
    sendMissingDbJwt: true,
    singleSessionMode: true,
  };
}
