// @vitest-environment node
import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { MUTATIONS } from '../mutations/list';
import { applyMutation, expectLine } from '../mutations/try-mutation';

test('a line that is gone, or there twice, is an error that names it', () => {
  const mutation = { name: 'the gate', file: 'gate.ts', find: 'shut();', replace: '', tests: [] };
  expect(() => applyMutation('open();', mutation)).toThrow('"the gate": shut(); is 0 times in gate.ts');
  expect(() => applyMutation('shut(); shut();', mutation)).toThrow('is 2 times');
  expect(() => applyMutation('open();', { ...mutation, find: /shut/ })).toThrow('/shut/ is 0 times');
});

test.each(MUTATIONS.map((mutation) => [mutation.name, mutation] as const))(
  'the line is there once, and its tests are: %s',
  async (_, mutation) => {
    expect(() => applyMutation('', mutation)).toThrow();
    await expect(expectLine(mutation)).resolves.toBeUndefined();
    const source = await readFile(mutation.file, 'utf8');
    expect(applyMutation(source, mutation)).not.toBe(source);
  },
);
