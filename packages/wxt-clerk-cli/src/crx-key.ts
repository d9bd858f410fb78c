import { invocationOf, parseCommandLine, runCommand } from './command-line.ts';
import { allowOriginsCommand } from './crx/allowed-origins.ts';
import { extensionIdOfKey } from './crx/extension-id.ts';
import { createKeyPair, readPublicKey } from './crx/key-pair.ts';
import { PRIVATE_KEY_FILE, PUBLIC_KEY_FILE, storeKey } from './crx/store-key.ts';
import { PROJECT_ROOT } from './project.ts';

const USAGE = `Usage: ${invocationOf('crx-key')} [options]

Makes a key pair for Chrome, so that the extension has the same id on every computer. The private half goes to
${PRIVATE_KEY_FILE}, the public half to ${PUBLIC_KEY_FILE}; git ignores both. The id holds in development mode and in builds of
another mode than production ("npm run build -- --mode test"); packages for the store have no key.

  --public-key <key>  do not make one, but take the public key of the published extension, for the id it has there
                      (Chrome Web Store dashboard: Package, "View public key")
  --force             replace the key that is there
  --help              this text
`;

await runCommand(async () => {
  const values = parseCommandLine('crx-key', {
    'public-key': { type: 'string' },
    force: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  });
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  const given = values['public-key'];
  const key = given === undefined ? createKeyPair() : readPublicKey(given);
  await storeKey(key, { root: PROJECT_ROOT, replace: values.force });
  report(key.publicKey, key.privateKey !== null);
  return 0;
});

function report(publicKey: string, hasPrivateKey: boolean): void {
  const id = extensionIdOfKey(Buffer.from(publicKey, 'base64'));
  const origin = `chrome-extension://${id}`;
  if (hasPrivateKey) console.log(`Private key: ${PRIVATE_KEY_FILE} (keep it, and keep it to yourself)`);
  console.log(`Public key: ${PUBLIC_KEY_FILE}
CRX id: ${id}
Allowed origin: ${origin}

For a production instance of Clerk, put the origin on its list. Name those that are on it already, too:

${allowOriginsCommand([origin])}`);
}
