// @vitest-environment node
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { PROJECT_ROOT } from '../extension-build';
import { MUTATIONS } from '../mutations/list';
import { applyMutation } from '../mutations/try-mutation';

describe('the mutations that "npm run test:mutations" tries', () => {
  test.each(MUTATIONS)('$name: its line is there', (mutation) => {
    const source = readFileSync(join(PROJECT_ROOT, mutation.file), 'utf8');
    expect(applyMutation(source, mutation)).not.toBe(source);
    expect(mutation.tests.filter((file) => !existsSync(join(PROJECT_ROOT, file)))).toEqual([]);
  });

  test('a line that is gone, or there twice, is an error that names it', () => {
    const mutation = { name: 'the gate', file: 'gate.ts', find: 'shut();', replace: '', tests: [] };
    expect(() => applyMutation('open();', mutation)).toThrow('"the gate": shut(); is 0 times in gate.ts');
    expect(() => applyMutation('shut(); shut();', mutation)).toThrow('is 2 times');
    expect(() => applyMutation('open();', { ...mutation, find: /shut/ })).toThrow('/shut/ is 0 times');
  });
});
