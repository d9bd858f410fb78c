import {
  PUBLISHABLE_KEY_VARIABLE,
  type PublishableKey,
  parsePublishableKey,
} from '../shared/publishable-key.ts';

type Environment = Record<string, string | undefined>;

/** The key of the environment. Its error is a value: `wxt prepare` must work without a key, a build must not. */
export function readKey(environment: Environment): PublishableKey | Error {
  try {
    return parsePublishableKey(environment[PUBLISHABLE_KEY_VARIABLE]);
  } catch (error) {
    return withoutStack(error as Error);
  }
}

/** WXT prints the stack below the sentence, which in a mistake of the configuration says nothing to the reader. */
export function withoutStack(error: Error): Error {
  error.stack = '';
  return error;
}

/**
 * Looks for secret keys of Clerk's, which belong to servers: whoever has one is administrator of the instance.
 *
 * @param environment With what WXT read from the `.env` files.
 * @returns A warning about one that is only near the extension, `null` without.
 * @throws {Error} For one that would be compiled in, where everybody who installs the extension could read it.
 */
export function findSecretKey(environment: Environment): string | null {
  const names = Object.keys(environment).filter((name) =>
    /^\s*sk_(test|live)_/.test(environment[name] ?? ''),
  );
  const compiledIn = names.find((name) => /^(WXT|VITE)_/.test(name));
  if (compiledIn)
    throw new Error(
      `${compiledIn} holds a secret key (sk_…), and every variable that starts with WXT_ or VITE_ is compiled into the ` +
        'extension. Delete it from .env, and make a new secret key if an extension was built with it: ' +
        'https://dashboard.clerk.com/~/api-keys.',
    );
  const [near] = names;
  if (!near) return null;
  return (
    `${near} is set to a secret key (sk_…). It is not compiled in, but an extension needs none: ` +
    'take it out of .env of this project, and keep it on your server.'
  );
}
