import { StartError } from './start-error.ts';

/**
 * Starts a server and stops it at Ctrl-C or SIGTERM. What is wrong with its settings is one sentence and exit code 1.
 * @param start Answers how to stop.
 */
export async function runServer(start: () => Promise<() => Promise<void>>): Promise<void> {
  try {
    const stop = await start();
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => void stop().then(() => process.exit(0)));
    }
  } catch (error) {
    console.error(error instanceof StartError ? error.message : error);
    process.exit(1);
  }
}
