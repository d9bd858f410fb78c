/** The beginning and the end of what somebody gave, for an error: enough to know it by, too few to be of use. */
export function abbreviate(text: string): string {
  return text.length > 24 ? `${text.slice(0, 16)}…${text.slice(-8)}` : text;
}
