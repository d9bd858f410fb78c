/** The text of an `.env` file with one variable set: replaced where it stands, else added at the end. */
export function withVariable(text: string, name: string, value: string): string {
  const line = `${name}=${value}`;
  const present = new RegExp(`^[ \\t]*(?:export[ \\t]+)?${name}[ \\t]*=.*$`, 'm');
  if (present.test(text)) return text.replace(present, line);
  const start = text === '' || text.endsWith('\n') ? text : `${text}\n`;
  return `${start}${line}\n`;
}
