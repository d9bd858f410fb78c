// @vitest-environment node
import { expect, test } from 'vitest';
import { compareLint, toReviewList } from '../../src/release/checks/lint';

const warning = (file: string) => ({ code: 'UNSAFE_VAR_ASSIGNMENT', message: 'innerHTML', file });
const REVIEWED = [
  { code: 'UNSAFE_VAR_ASSIGNMENT', file: 'chunks/react-*.js', count: 2, reason: 'React DOM.' },
];
const REPORT = {
  errors: [],
  warnings: [warning('chunks/react-DidDCVpo.js'), warning('chunks/react-DidDCVpo.js')],
};

test('reviewed warnings pass, whatever the hash in the name of the script', () => {
  expect(compareLint(REPORT, REVIEWED)).toEqual([]);
});

test('an error is never reviewed away', () => {
  const errors = [{ code: 'ADDON_ID_REQUIRED', message: 'An id is needed.', file: 'manifest.json' }];
  expect(compareLint({ ...REPORT, errors }, REVIEWED)).toEqual([
    'error ADDON_ID_REQUIRED in manifest.json: An id is needed.',
  ]);
});

test('a warning more, another file and a warning less are named', () => {
  const more = { errors: [], warnings: [...REPORT.warnings, warning('chunks/react-DidDCVpo.js')] };
  expect(compareLint(more, REVIEWED)).toEqual([
    'warning UNSAFE_VAR_ASSIGNMENT in chunks/react-*.js: reviewed 2, found 3',
  ]);
  expect(compareLint({ errors: [], warnings: [warning('popup.js')] }, REVIEWED)).toEqual([
    'warning UNSAFE_VAR_ASSIGNMENT in chunks/react-*.js: reviewed 2, found 0',
    'warning UNSAFE_VAR_ASSIGNMENT in popup.js: reviewed 0, found 1',
  ]);
});

test('a new list keeps the reasons that were given, and what is new has none: the check says so', () => {
  const report = { errors: [], warnings: [...REPORT.warnings, warning('popup.js')] };
  const list = toReviewList(report, REVIEWED);
  expect(list).toEqual([
    ...REVIEWED,
    { code: 'UNSAFE_VAR_ASSIGNMENT', file: 'popup.js', count: 1, reason: '' },
  ]);
  expect(compareLint(report, list)).toEqual(['warning UNSAFE_VAR_ASSIGNMENT in popup.js has no reason']);
});
