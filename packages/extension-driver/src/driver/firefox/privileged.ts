/**
 * The globals of Firefox's own window and of frame scripts (`Services`, `gBrowser`, `Cc`, …). There are no published
 * types for them, so code that runs there takes them from `globalThis as Privileged`.
 */
// biome-ignore lint/suspicious/noExplicitAny: see above.
export type Privileged = any;
