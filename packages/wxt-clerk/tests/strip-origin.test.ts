import { beforeEach, describe, expect, test, vi } from 'vitest';
import { browser } from 'wxt/browser';
import { stripOrigin, stripOriginRule } from '../src/background/origin-rule';
import { MessageError } from '../src/messages/message-error';
import { parseStripOrigin } from '../src/shared/strip-origin';

const KEY = { instanceType: 'production', frontendApi: 'clerk.example.com' } as const;

describe('the switch', () => {
  test.each([[undefined], [''], ['false'], [' false ']])('is off for %j', (value) => {
    expect(parseStripOrigin(value)).toBe(false);
  });

  test('is on for true', () => {
    expect(parseStripOrigin(' true ')).toBe(true);
  });

  test.each(['yes', '1', 'TRUE', 'on'])('refuses %j and says what it takes', (value) => {
    expect(() => parseStripOrigin(value)).toThrow(`WXT_STRIP_ORIGIN is "${value}". Set it to true or false`);
  });
});

describe('the rule', () => {
  test('is of our own requests to our own Frontend API', () => {
    expect(stripOriginRule(KEY, 'moz-extension://6e2c0b43-0000/')).toEqual({
      id: 1,
      action: { type: 'modifyHeaders', requestHeaders: [{ header: 'origin', operation: 'remove' }] },
      condition: {
        initiatorDomains: ['6e2c0b43-0000'],
        urlFilter: '|https://clerk.example.com/v1/*^_is_native=1^',
        resourceTypes: ['xmlhttprequest'],
      },
    });
  });

  test.each([
    ['clerk.localhost:8443', '|https://clerk.localhost:8443/v1/*^_is_native=1^'],
    ['Clerk.Example.com:443', '|https://clerk.example.com/v1/*^_is_native=1^'],
  ])('names %s as addresses do', (frontendApi, urlFilter) => {
    expect(stripOriginRule({ ...KEY, frontendApi }, 'chrome-extension://id/').condition.urlFilter).toBe(
      urlFilter,
    );
  });
});

describe('registering it', () => {
  const updateSessionRules = vi.fn<(options: object) => Promise<void>>();
  beforeEach(() => {
    updateSessionRules.mockReset().mockResolvedValue();
    vi.spyOn(browser.runtime, 'getURL').mockReturnValue('chrome-extension://own-id/');
    Object.assign(browser, { declarativeNetRequest: { updateSessionRules } });
  });

  test('replaces the one of an earlier start', async () => {
    await stripOrigin(KEY);
    const rule = stripOriginRule(KEY, 'chrome-extension://own-id/');
    expect(updateSessionRules).toHaveBeenCalledWith({ removeRuleIds: [rule.id], addRules: [rule] });
  });

  test('a browser that refuses it is an error of the extension, not of the network', async () => {
    updateSessionRules.mockRejectedValue(new Error('Rule with id 1 is invalid'));
    await expect(stripOrigin(KEY)).rejects.toThrow(new MessageError('internal'));
  });
});
