import { frontendApiMatchPattern, type PublishableKey } from './publishable-key';
import { thisWebApp } from './web-app-config';

/** The hosts without which nobody can be signed in, as match patterns: the Frontend API's, and the web app's with `sync`. */
export function neededHosts(key: PublishableKey): string[] {
  const hosts = [frontendApiMatchPattern(key)];
  return __CLERK_SYNCS__ ? [...new Set([...hosts, ...thisWebApp.hosts])] : hosts;
}
