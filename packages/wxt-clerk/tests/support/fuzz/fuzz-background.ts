import fc from 'fast-check';

export interface FuzzPlan {
  /** Says which payloads; the same seed gives the same ones. */
  seed: number;
  count: number;
  /** Firefox delivers live Maps, BigInts and cycles; Chrome sends JSON and throws at some of them itself. */
  isCloned: boolean;
}

export interface FuzzResult {
  /** How often each came: an error code, `ok`, or `no reply`. */
  outcomes: Record<string, number>;
  /** The first payloads that were not answered as a bad request, with what came of them. */
  surprises: string[];
}

const AT_ONCE = 250;
/** Names that mean something to an object, and those that mean something to the background. */
const LOADED_NAMES = ['__proto__', 'constructor', 'prototype', 'toString', 'then', 'length', 'type', 'value'];
const TYPES = ['get-token', 'get-user', 'fetch-api', 'sign-out', 'session-changed'];

/**
 * Sends messages that no honest page sends, from one of the extension's own pages, and counts the answers. It is bundled
 * with its library and runs in the page.
 */
export async function fuzzBackground({ seed, count, isCloned }: FuzzPlan): Promise<FuzzResult> {
  interface Api {
    runtime: {
      sendMessage(message: unknown): Promise<{ ok?: boolean; error?: { code?: string } } | undefined>;
    };
  }
  const scope = globalThis as unknown as { browser?: Api; chrome: Api };
  const { runtime } = scope.browser ?? scope.chrome;
  const ask = (message: unknown) =>
    runtime.sendMessage(message).then(
      (reply) => (reply?.ok === true ? 'ok' : (reply?.error?.code ?? 'no reply')),
      (error) => `no reply: ${error}`,
    );

  const messages = fc.sample(badMessage(isCloned), { seed, numRuns: count });
  const result: FuzzResult = { outcomes: {}, surprises: [] };
  for (let start = 0; start < count; start += AT_ONCE) {
    const batch = messages.slice(start, start + AT_ONCE);
    const outcomes = await Promise.all(batch.map(ask));
    for (const [index, outcome] of outcomes.entries()) {
      result.outcomes[outcome] = (result.outcomes[outcome] ?? 0) + 1;
      if (outcome !== 'bad-request' && result.surprises.length < 5)
        result.surprises.push(`${start + index}, ${outcome}: ${fc.stringify(batch[index]).slice(0, 500)}`);
    }
  }
  return result;
}

/** Anything but a well-formed request. */
function badMessage(isCloned: boolean): fc.Arbitrary<unknown> {
  const name = fc.oneof(fc.constantFrom(...LOADED_NAMES), fc.string());
  const anything = fc.anything({
    key: name,
    maxDepth: 4,
    withDate: true,
    withMap: true,
    withSet: true,
    withTypedArray: true,
    withSparseArray: true,
    withNullPrototype: true,
    withBoxedValues: true,
    withBigInt: isCloned,
  });
  // A value that is left out of JSON would make a bad request a good one.
  const kept = anything.filter((value) => value !== undefined);
  const hugeText = fc.integer({ min: 1, max: 20 }).map((units) => 'é'.repeat(units * 65_536));
  const deep = fc
    .tuple(fc.integer({ min: 10, max: 500 }), fc.boolean(), fc.constantFrom(...LOADED_NAMES))
    .map(([levels, isArray, key]) => nested(levels, isArray, key));
  const poison = name.map((key) => JSON.parse(`{"__proto__":{${JSON.stringify(key)}:"polluted","x":1}}`));
  const type = fc.constantFrom(...TYPES);

  const unknownOption = fc
    .tuple(type, fc.constantFrom('__proto__', 'constructor', 'x', 'Template', ''), kept)
    .map(([type, key, value]) => withOwn({ type }, key, value));
  const wrongOption = fc
    .tuple(
      fc.constantFrom(
        'template',
        'organizationId',
        'skipCache',
        'minTtlSeconds',
        'url',
        'method',
        'headers',
        'body',
      ),
      fc.oneof(
        { arbitrary: fc.array(kept, { minLength: 1 }), weight: 12 },
        { arbitrary: fc.oneof(deep, hugeText), weight: 1 },
      ),
    )
    .map(([key, value]) => ({ type: 'get-token', [key]: value }));
  const wrongType = fc
    .tuple(
      fc.oneof(
        { arbitrary: fc.oneof(kept, fc.constantFrom(...LOADED_NAMES)), weight: 24 },
        { arbitrary: fc.oneof(deep, hugeText), weight: 1 },
      ),
      fc.dictionary(name, kept),
    )
    .map(([type, rest]) => withOwn(rest, 'type', type));
  const cyclic = fc.dictionary(name, anything).map((object) => withOwn(object, 'self', object));

  return (
    fc
      .oneof(
        { arbitrary: anything, weight: 8 },
        { arbitrary: unknownOption, weight: 6 },
        { arbitrary: wrongType, weight: 4 },
        { arbitrary: wrongOption, weight: 2 },
        { arbitrary: poison, weight: 2 },
        { arbitrary: deep, weight: 1 },
        ...(isCloned ? [{ arbitrary: cyclic, weight: 1 }] : []),
      )
      // Without a message there is nothing to send.
      .map((message) => message ?? null)
  );
}

function nested(levels: number, isArray: boolean, key: string): unknown {
  let value: unknown = null;
  for (let level = 0; level < levels; level += 1) value = isArray ? [value] : withOwn({}, key, value);
  return value;
}

/** The same object with one more property of its own, also where assigning would call a setter. */
function withOwn(object: object, key: string, value: unknown): object {
  return Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
}
