import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { Hono } from 'hono';
import type { Env } from '../context.ts';
import { ApiError } from '../errors.ts';

/**
 * The scripts that Clerk's packages for web pages load from the Frontend API. They are those that are installed where this server
 * runs, whatever version the page asks for.
 */
export function npmRoutes(): Hono<Env> {
  const path = '/npm/@clerk/:package{(?:clerk-js|ui)@[\\w.-]+}/dist/:file{[\\w.-]+\\.js}';
  return new Hono<Env>().get(path, async (c) => {
    const name = `@clerk/${c.req.param('package').split('@')[0]}`;
    const script = await readInstalled(name, c.req.param('file'));
    if (script === null) throw notInstalled(name, c.req.param('file'));
    return c.body(script, 200, { 'Content-Type': 'text/javascript; charset=utf-8' });
  });
}

async function readInstalled(name: string, file: string): Promise<string | null> {
  for (let folder = resolve('.'); ; folder = dirname(folder)) {
    const script = await readFile(join(folder, 'node_modules', name, 'dist', file), 'utf8').catch(() => null);
    if (script !== null || folder === dirname(folder)) return script;
  }
}

function notInstalled(name: string, file: string): ApiError {
  return new ApiError('resource_not_found', {
    longMessage: `${name} is not installed where the local Frontend API runs, or it has no dist/${file}. Install it: npm install --save-dev ${name}`,
  });
}
