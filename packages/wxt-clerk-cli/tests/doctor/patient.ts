import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DoctorOptions, diagnose } from '../../src/doctor/diagnose.ts';
import type { Finding } from '../../src/doctor/finding.ts';

/** A project folder that the doctor looks at. */
export interface Patient {
  root: string;
  write(file: string, text: string): void;
  /** Puts what the doctor reads of a build into `.output`. */
  build(name: string, key: string, manifest: object): void;
  examine(changes?: Partial<DoctorOptions>): Promise<Finding[]>;
  dispose(): void;
}

export function createPatient(): Patient {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'doctor-')));
  const write = (file: string, text: string) => {
    mkdirSync(join(root, file, '..'), { recursive: true });
    writeFileSync(join(root, file), text);
  };
  return {
    root,
    write,
    build(name, key, manifest) {
      write(`.output/${name}/manifest.json`, JSON.stringify(manifest));
      write(`.output/${name}/background.js`, `(function(){var k=\`${key}\`;say("no pk_test_… here")})();`);
    },
    examine: (changes) => diagnose({ root, environment: {}, browser: 'chrome', ...changes }),
    dispose: () => rmSync(root, { recursive: true }),
  };
}

/** The findings of one check. */
export function of(check: string, findings: Finding[]): Finding[] {
  return findings.filter((finding) => finding.check === check);
}
