/** The environment of `npm run test:matrix`: the only variable that decides how much a test goes through. */
export const WHOLE_MATRIX = { TEST_SIZE: 'matrix' };

/**
 * How much of a matrix a test goes through: in `npm test` one path for each row, so that each can fail; in
 * `npm run test:matrix` all of it. Test files that import this are what that command runs.
 */
export function sized<Size>({ usual, matrix }: { usual: Size; matrix: Size }): Size {
  return process.env.TEST_SIZE === WHOLE_MATRIX.TEST_SIZE ? matrix : usual;
}
