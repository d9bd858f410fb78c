// @vitest-environment node
import { describe, expect, test } from 'vitest';
import { findRemoteCode } from '../../src/release/checks/remote-code';
import { packageOf } from './package';

describe('a script is refused for', () => {
  test.each([
    ['Cloudflare Turnstile', 'load("https://challenges.cloudflare.com/turnstile/v0/api.js?render=explicit")'],
    ['Clerk loaded from a server', 'u="https://"+h+"/npm/@clerk/clerk-js@6/dist/clerk"'],
    ['Clerk’s UI loaded from a server', 'u="https://"+h+"/npm/@clerk/ui@1/dist/ui"'],
    ['Google One Tap', 'const u="https://accounts.google.com/gsi/client"'],
    ['Coinbase', 'const u="https://keys.coinbase.com/connect"'],
    ['an import of the Coinbase wallet', 'import"@coinbase/wallet-sdk"'],
    ['Stripe', 'const u="https://js.stripe.com/v3"'],
    ['an import of Stripe', 'import{loadStripe}from"@stripe/stripe-js"'],
    ['an import of Base', 'const m=await import(`@base-org/account`)'],
    ['a script element made by hand', 'const s=document.createElement("script")'],
    ['an import from a server', 'await import("https://example.com/x")'],
    ['importScripts from a server', 'importScripts("//example.com/x")'],
    ['the address of a script', 's.href="https://example.com/dist/app.min.js?v=1"'],
    ['a script server', 'const base="https://cdn.jsdelivr.net/npm"'],
    ['eval', 'const f=eval(text)'],
    ['code made of a string', 'const f=new Function("a",text)'],
  ])('%s', (name, code) => {
    const problems = findRemoteCode(packageOf({ 'chunks/a.js': `!function(){${code}}()` }));
    expect(problems).toEqual(
      expect.arrayContaining([expect.stringMatching(`^chunks/a.js contains ${name}: `)]),
    );
  });
});

test.each([
  ['its own chunk', 'const m=await import("./clerk-DIcJUNvC.js")'],
  ['its own second script', 'importScripts("/background-clerk.js")'],
  ['a call of Clerk’s module loader', 'await e.import(`@coinbase/wallet-sdk`)'],
  ['prose about a package', 'const t="use loadStripe from `@stripe/stripe-js`"'],
  ['a link to documentation', 'const u="https://clerk.com/docs/components/clerk-provider"'],
  ['the way to the global object', 'try{return Function(`return this`)()}catch{}'],
  ['React’s elements', 'a=n.createElement(`script`)'],
  ['a method of that name', 'parser.eval(x)'],
])('a script may contain %s', (_, code) => {
  expect(findRemoteCode(packageOf({ 'a.js': code }))).toEqual([]);
});

describe('a page is refused for', () => {
  test.each([
    ['a script element that points outside', '<script async src="https://example.com/a.js"></script>'],
    ['a script element that points outside', '<script src=//example.com/a></script>'],
    ['a script in the page itself', '<script>start()</script>'],
  ])('%s', (name, html) => {
    const [problem] = findRemoteCode(packageOf({ 'popup.html': html }));
    expect(problem).toMatch(`popup.html contains ${name}`);
  });
});

test('a page may load its own scripts', () => {
  const html = '<script type="module" crossorigin src="/chunks/popup.js"></script>';
  expect(findRemoteCode(packageOf({ 'popup.html': html }))).toEqual([]);
});

test.each([
  ["script-src 'self' https://cdn.example.com", 'https://cdn.example.com'],
  ["script-src 'self' 'unsafe-eval'", "'unsafe-eval'"],
  ["default-src 'self' https:", 'https:'],
  ["script-src 'self'; worker-src blob:", 'blob:'],
])('a policy of %s lets scripts come from %s', (policy, source) => {
  const manifest = JSON.stringify({ content_security_policy: { extension_pages: policy } });
  expect(findRemoteCode(packageOf({ 'manifest.json': manifest }))).toEqual([
    `manifest.json lets scripts come from ${source} (content_security_policy.extension_pages)`,
  ]);
});

test('a policy of its own scripts alone passes', () => {
  const policy = "default-src 'none'; script-src 'self'; connect-src https://clerk.example.com";
  const manifest = JSON.stringify({ content_security_policy: { extension_pages: policy } });
  expect(findRemoteCode(packageOf({ 'manifest.json': manifest }))).toEqual([]);
});
