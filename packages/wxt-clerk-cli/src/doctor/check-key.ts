import {
  type BuildEnvironment,
  PUBLISHABLE_KEY_VARIABLE,
  type PublishableKey,
  parsePublishableKey,
  readVariable,
} from 'wxt-clerk/build';
import type { Finding } from './finding.ts';
import { isLocal } from './probe.ts';

/** Is there a publishable key where a build reads it, and is it one? The key is `null` when it is not. */
export function checkKey(build: BuildEnvironment): { finding: Finding; key: PublishableKey | null } {
  const check = 'Publishable key';
  const found = readVariable(PUBLISHABLE_KEY_VARIABLE, build);
  try {
    const key = parsePublishableKey(found?.value);
    const place = isLocal(key.frontendApi) ? ', a local one' : '';
    const seen = `${key.instanceType} instance at ${key.frontendApi}${place} (from ${found?.source})`;
    return { finding: { check, status: 'ok', seen }, key };
  } catch (error) {
    // Its first sentence says what is wrong, the others what to do; a secret key is in none of them.
    const [, seen = '', mend = ''] = /^(.*?)\. (?=Copy )(.*)$/s.exec((error as Error).message) ?? [];
    const source = found ? ` (from ${found.source})` : '';
    return { finding: { check, status: 'failed', seen: `${seen}${source}`, mend }, key: null };
  }
}
