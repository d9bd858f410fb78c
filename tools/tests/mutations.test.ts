// @vitest-environment node
import { expect, test } from 'vitest';
import { applyMutation } from '../mutations/try-mutation';

test('a line that is gone, or there twice, is an error that names it', () => {
  const mutation = { name: 'the gate', file: 'gate.ts', find: 'shut();', replace: '', tests: [] };
  expect(() => applyMutation('open();', mutation)).toThrow('"the gate": shut(); is 0 times in gate.ts');
  expect(() => applyMutation('shut(); shut();', mutation)).toThrow('is 2 times');
  expect(() => applyMutation('open();', { ...mutation, find: /shut/ })).toThrow('/shut/ is 0 times');
});
