#!/usr/bin/env node
if (Number.parseInt(process.versions.node, 10) < 22) {
  console.error(`This needs Node 22 or newer; this is ${process.versions.node}.`);
  process.exit(1);
}

// One program for all commands; each reads what follows its own name.
const COMMANDS = ['crx-key', 'doctor', 'icons', 'overrides', 'release-check', 'submit'];

const [name] = process.argv.splice(2, 1);
if (COMMANDS.includes(name)) {
  await import(`wxt-clerk-cli/commands/${name}`);
} else {
  const problem = name === undefined || name === '--help' ? '' : `"${name}" is no command. `;
  console.error(`${problem}Usage: npx --no-install wxt-clerk <${COMMANDS.join(' | ')}> [--help]`);
  process.exitCode = problem === '' ? 0 : 2;
}
