import { once } from 'node:events';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { generate } from 'selfsigned';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { type ExtensionBrowser, launchExtensionBrowser, type TrustedServer } from '../../src/index.ts';

interface SelfSigned extends TrustedServer {
  server: Server;
}

const REFUSED = { chromium: /ERR_CERT_AUTHORITY_INVALID/, firefox: /nssBadCert/ };

let trusted: SelfSigned;
let other: SelfSigned;
let browser: ExtensionBrowser;

beforeAll(async () => {
  trusted = await startSelfSigned('trusted.localhost');
  other = await startSelfSigned('trusted.localhost');
  browser = await launchExtensionBrowser(inject('browserName'), {
    executablePath: inject('executablePath'),
    extensionPath: join(import.meta.dirname, '../extension'),
    headless: true,
    trustedServers: [trusted],
  });
});

afterAll(async () => {
  await browser?.close();
  for (const { server } of [trusted, other]) server.closeAllConnections();
});

test('the server whose certificate is given is reached, also after a restart', async () => {
  expect(await textOf(trusted.url)).toBe('Hello');
  await browser.restart();
  expect(await textOf(trusted.url)).toBe('Hello');
});

test('a server with another certificate is refused', async () => {
  await expect(browser.openWebPage(other.url)).rejects.toThrow(REFUSED[browser.name]);
});

async function textOf(url: string): Promise<string> {
  const page = await browser.openWebPage(url);
  return page.text();
}

async function startSelfSigned(name: string): Promise<SelfSigned> {
  const { private: key, cert: certificate } = await generate([{ name: 'commonName', value: name }], {
    keyType: 'ec',
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: name }] }],
  });
  const server = createServer({ key, cert: certificate }, (_, response) =>
    response.end('<!doctype html>Hello'),
  );
  server.listen(0, '127.0.0.1').unref();
  await once(server, 'listening');
  return { server, certificate, url: `https://${name}:${(server.address() as AddressInfo).port}/` };
}
