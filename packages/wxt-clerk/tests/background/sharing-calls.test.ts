// @vitest-environment node
import { describe, expect, test, vi } from 'vitest';
import { createFresh } from '../../src/background/create-fresh';
import { createOnce } from '../../src/background/create-once';
import { createInFlight, createInFlightByKey } from '../../src/background/in-flight';
import { flush } from '../support/background/fake-time';

/** A call that ends when the test says so. */
function manual() {
  const calls: { resolve(value: number): void; reject(error: Error): void }[] = [];
  const call = vi.fn(
    () =>
      new Promise<number>((resolve, reject) => {
        calls.push({ resolve, reject });
      }),
  );
  return { call, calls };
}

describe('createInFlightByKey', () => {
  test('shares a call by its key, and not with another key', async () => {
    const { call, calls } = manual();
    const inFlight = createInFlightByKey<number>();
    const asked = [inFlight('a', call), inFlight('a', call), inFlight('b', call)];
    expect(call).toHaveBeenCalledTimes(2);
    calls[0]?.resolve(1);
    calls[1]?.resolve(2);
    expect(await Promise.all(asked)).toEqual([1, 1, 2]);
  });

  test('keeps nothing afterwards, neither a value nor a failure', async () => {
    const { call, calls } = manual();
    const inFlight = createInFlightByKey<number>();
    const asked = [inFlight('a', call), inFlight('a', call)];
    calls[0]?.reject(new Error('no'));
    expect((await Promise.allSettled(asked)).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    const again = inFlight('a', call);
    calls[1]?.resolve(3);
    expect(await again).toBe(3);
    void inFlight('a', call);
    expect(call).toHaveBeenCalledTimes(3);
  });
});

describe('createInFlight', () => {
  test('shares the one call, says that it is running, and keeps nothing afterwards', async () => {
    const { call, calls } = manual();
    const inFlight = createInFlight(call);
    expect(inFlight.running()).toBeUndefined();
    const asked = [inFlight(), inFlight()];
    expect(inFlight.running()).toBe(asked[0]);
    calls[0]?.resolve(1);
    expect(await Promise.all(asked)).toEqual([1, 1]);
    expect(inFlight.running()).toBeUndefined();
    void inFlight();
    expect(call).toHaveBeenCalledTimes(2);
  });
});

describe('createOnce', () => {
  test('creates once, however many ask, before and after', async () => {
    const { call, calls } = manual();
    const once = createOnce(call);
    const asked = [once(), once()];
    calls[0]?.resolve(1);
    expect(await Promise.all([...asked, once()])).toEqual([1, 1, 1]);
    expect(call).toHaveBeenCalledTimes(1);
  });

  test('a failed creation is shared by those who waited and tried again later', async () => {
    const { call, calls } = manual();
    const once = createOnce(call);
    const asked = [once(), once()];
    calls[0]?.reject(new Error('no'));
    expect((await Promise.allSettled(asked)).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    const again = once();
    calls[1]?.resolve(2);
    expect(await again).toBe(2);
  });
});

describe('createFresh', () => {
  test('who asks while it runs gets the next run, and all of them share it', async () => {
    const { call, calls } = manual();
    const fresh = createFresh(call);
    const first = fresh();
    const late = [fresh(), fresh(), fresh()];
    expect(call).toHaveBeenCalledTimes(1);
    calls[0]?.resolve(1);
    await flush();
    expect(call).toHaveBeenCalledTimes(2);
    calls[1]?.resolve(2);
    expect(await Promise.all([first, ...late])).toEqual([1, 2, 2, 2]);
  });

  test('who asks during the next run gets the one after it', async () => {
    const { call, calls } = manual();
    const fresh = createFresh(call);
    const asked = [fresh(), fresh()];
    calls[0]?.resolve(1);
    await flush();
    asked.push(fresh());
    calls[1]?.resolve(2);
    await flush();
    calls[2]?.resolve(3);
    expect(await Promise.all(asked)).toEqual([1, 2, 3]);
    expect(call).toHaveBeenCalledTimes(3);
  });

  test('a failure is that run’s alone', async () => {
    const { call, calls } = manual();
    const fresh = createFresh(call);
    const [first, second] = [fresh(), fresh()];
    calls[0]?.reject(new Error('no'));
    await expect(first).rejects.toThrow('no');
    await flush();
    calls[1]?.resolve(2);
    expect(await second).toBe(2);
  });

  test('runs again when nobody is waiting', async () => {
    const { call, calls } = manual();
    const fresh = createFresh(call);
    for (const value of [1, 2]) {
      const asked = fresh();
      calls.at(-1)?.resolve(value);
      expect(await asked).toBe(value);
    }
  });

  test('never runs twice at the same time', async () => {
    let running = 0;
    const fresh = createFresh(async () => {
      running += 1;
      expect(running).toBe(1);
      await flush();
      running -= 1;
      return 0;
    });
    const asked: Promise<number>[] = [];
    for (let i = 0; i < 20; i += 1) {
      asked.push(fresh());
      if (i % 3 === 0) await flush();
    }
    await Promise.all(asked);
  });
});
