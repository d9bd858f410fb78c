#!/usr/bin/env node
if (Number.parseInt(process.versions.node, 10) < 22) {
  console.error(`This needs Node 22 or newer; this is ${process.versions.node}.`);
  process.exit(1);
}
await import('clerk-emulator/cli');
