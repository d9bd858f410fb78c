// Loaded before every TypeScript entry: an older Node would stop at the file ending, and say nothing of the reason.
// On Linux and Windows x64 npm installs a fitting Node into node_modules/.bin, which "npm run" puts first.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  console.error(
    `Node ${process.versions.node} at ${process.execPath} cannot run TypeScript files; 22.18 or newer can. ` +
      'Start this by "npm run", after "npm ci" without --omit=optional; on macOS install Node 22.18 or newer.',
  );
  process.exit(1);
}
