// @vitest-environment node
import { expect, it } from 'vitest';
import { isLoopback } from '../src/loopback.ts';

/** The same in both packages that have the rule, since neither may import the other. */
const LOOPBACK = ['localhost', 'clerk.localhost', 'a.b.localhost', '127.0.0.1', '127.1.2.3', '[::1]'];
const ELSEWHERE = [
  'example.com',
  'localhost.example.com',
  'notlocalhost',
  '.localhost',
  'localhost.',
  'localhost:8443',
  '127.0.0.1.example.com',
  '126.0.0.1',
  '0.0.0.0',
  '192.168.0.1',
  '[::2]',
  '[::ffff:7f00:1]',
  '',
];

it.each(LOOPBACK)('%s is this computer', (hostname) => {
  expect(isLoopback(hostname)).toBe(true);
});

it.each(ELSEWHERE)('"%s" is not', (hostname) => {
  expect(isLoopback(hostname)).toBe(false);
});
