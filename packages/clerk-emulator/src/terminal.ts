/** Control characters, what turns the direction of text, and line ends of Unicode's own. */
const NOT_PRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/**
 * One line that a terminal shows and does not obey, whatever a client has sent: what is not printable becomes `\u001b`,
 * which is the same in JSON.
 */
export function printable(line: string): string {
  return line.replace(NOT_PRINTABLE, (character) =>
    character
      .split('')
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
      .join(''),
  );
}
