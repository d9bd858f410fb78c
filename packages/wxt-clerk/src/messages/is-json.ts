import type { JsonValue } from './protocol';

/** The most that a message may hold, all of its strings, names and entries counted as characters. */
const MAX_SIZE = 65_536;
const MAX_DEPTH = 16;

/**
 * Is this plain JSON of a bearable size? Firefox delivers live Maps, Dates, BigInts, cycles and texts of 256 MiB
 * (https://developer.mozilla.org/docs/Mozilla/Add-ons/WebExtensions/manifest.json/message_serialization); the size is known
 * here before anything reads or copies them. Objects with an own `__proto__` are refused: whoever merged them would change a
 * prototype.
 */
export function isJson(value: unknown): value is JsonValue {
  let left = MAX_SIZE;

  function fits(part: unknown, depth: number): boolean {
    left -= 1;
    if (left < 0) return false;
    switch (typeof part) {
      case 'string':
        left -= part.length;
        return left >= 0;
      case 'number':
        return Number.isFinite(part);
      case 'boolean':
      // Firefox keeps what Chrome and JSON leave out.
      case 'undefined':
        return true;
      case 'object':
        return part === null || (depth < MAX_DEPTH && childrenFit(part, depth + 1));
      default:
        return false;
    }
  }

  function childrenFit(parent: object, depth: number): boolean {
    // The length first: an array may have a thousand million holes.
    if (Array.isArray(parent)) return parent.length <= left && parent.every((child) => fits(child, depth));
    if (!isPlain(parent)) return false;
    for (const name in parent) {
      left -= name.length;
      if (name === '__proto__' || !fits((parent as Record<string, unknown>)[name], depth)) return false;
    }
    return true;
  }

  return fits(value, 0);
}

function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
