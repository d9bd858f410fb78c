/** What WebAuthn encodes in CBOR (RFC 8949); floats, tags and lengths left open do not occur there. */
export type Cbor = number | string | boolean | null | Uint8Array | Cbor[] | Map<Cbor, Cbor>;

/** @throws {RangeError} for what is not CBOR of that kind, or ends too early. */
export function decodeCbor(bytes: Uint8Array): Cbor {
  return new Reader(bytes).value();
}

class Reader {
  #at = 0;
  readonly #bytes: Uint8Array;
  readonly #view: DataView;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  value(): Cbor {
    const head = this.#view.getUint8(this.#at++);
    const kind = head >> 5;
    if (kind === 7) return simple(head & 31);
    const argument = this.#argument(head & 31);
    switch (kind) {
      case 0:
        return argument;
      case 1:
        return -1 - argument;
      case 2:
        return this.#take(argument);
      case 3:
        return new TextDecoder().decode(this.#take(argument));
      case 4:
        return Array.from({ length: argument }, () => this.value());
      case 5:
        return new Map(Array.from({ length: argument }, () => [this.value(), this.value()] as const));
      default:
        throw new RangeError('CBOR tags are not read.');
    }
  }

  #argument(info: number): number {
    if (info < 24) return info;
    const size = 2 ** (info - 24);
    if (size > 4) throw new RangeError('CBOR lengths of more than 32 bits are not read.');
    const at = this.#at;
    this.#at += size;
    if (size === 1) return this.#view.getUint8(at);
    return size === 2 ? this.#view.getUint16(at) : this.#view.getUint32(at);
  }

  #take(length: number): Uint8Array {
    const start = this.#at;
    this.#at += length;
    if (this.#at > this.#bytes.length) throw new RangeError('The CBOR ends too early.');
    return this.#bytes.subarray(start, this.#at);
  }
}

function simple(info: number): boolean | null {
  if (info === 20) return false;
  if (info === 21) return true;
  if (info === 22) return null;
  throw new RangeError('CBOR floats are not read.');
}
