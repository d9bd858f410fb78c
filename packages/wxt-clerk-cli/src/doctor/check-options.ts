import {
  type BuildEnvironment,
  CRX_PUBLIC_KEY_VARIABLE,
  parseStripOrigin,
  readCrxPublicKey,
  readVariable,
  STRIP_ORIGIN_VARIABLE,
} from 'wxt-clerk/build';
import type { Finding } from './finding.ts';

/** What a build's optional variables say; as if they were not set where they say nothing. */
export interface BuildOptions {
  /** Of Chrome's builds, in base64. */
  crxPublicKey: string | null;
  stripsOrigin: Record<'chrome' | 'firefox', boolean>;
}

/** Reads the optional variables. Only those that no build takes are findings. */
export function checkOptions(environmentOf: (browser: string) => BuildEnvironment): {
  findings: Finding[];
  options: BuildOptions;
} {
  const findings: Finding[] = [];
  function read<T>(name: string, browser: string, parse: (value: string | undefined) => T, otherwise: T): T {
    const found = readVariable(name, environmentOf(browser));
    try {
      return parse(found?.value);
    } catch (error) {
      const [what = '', mend = ''] = (error as Error).message.split(/\. (?=[A-Z])/);
      const seen = `${what} (from ${found?.source})`;
      // What stands in .env is read for each browser.
      if (!findings.some((finding) => finding.seen === seen))
        findings.push({ check: 'Variables', status: 'failed', seen, mend });
      return otherwise;
    }
  }
  const readKey = (value: string | undefined) => readCrxPublicKey({ [CRX_PUBLIC_KEY_VARIABLE]: value });
  const options = {
    crxPublicKey: read(CRX_PUBLIC_KEY_VARIABLE, 'chrome', readKey, null),
    stripsOrigin: {
      chrome: read(STRIP_ORIGIN_VARIABLE, 'chrome', parseStripOrigin, false),
      firefox: read(STRIP_ORIGIN_VARIABLE, 'firefox', parseStripOrigin, false),
    },
  };
  return { findings, options };
}
