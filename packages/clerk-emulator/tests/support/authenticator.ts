import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

/** What a page gets from `navigator.credentials`, in software: one ES256 key. Its answers are written as clerk-js writes them. */
export class Authenticator {
  readonly id = randomBytes(16);
  readonly #privateKey: KeyObject;
  readonly #publicKey: KeyObject;

  constructor() {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    this.#privateKey = privateKey;
    this.#publicKey = publicKey;
  }

  /** @param nonce the verification's, of a passkey that was just started */
  create(nonce: string): string {
    const { challenge, rp } = JSON.parse(nonce);
    const length = Buffer.from([this.id.length >> 8, this.id.length & 0xff]);
    const key = Buffer.concat([Buffer.alloc(16), length, this.id, this.#coseKey()]);
    const authData = Buffer.concat([header(rp.id, 0x41), key]);
    const attestationObject = Buffer.concat([
      Buffer.from('a363666d74646e6f6e656761747453746d74a0', 'hex'),
      Buffer.from('686175746844617461', 'hex'),
      Buffer.from([0x59, authData.length >> 8, authData.length & 0xff]),
      authData,
    ]);
    const response = { clientDataJSON: clientData('webauthn.create', challenge), transports: ['internal'] };
    return this.#credential({ ...response, attestationObject: attestationObject.toString('base64url') });
  }

  /** @param nonce the verification's, of a sign-in or a reverification */
  get(nonce: string): string {
    const { challenge, rpId } = JSON.parse(nonce);
    const clientDataJSON = clientData('webauthn.get', challenge);
    const authData = header(rpId, 0x05);
    const hash = createHash('sha256').update(Buffer.from(clientDataJSON, 'base64url')).digest();
    const signature = sign('sha256', Buffer.concat([authData, hash]), this.#privateKey);
    return this.#credential({
      clientDataJSON,
      authenticatorData: authData.toString('base64url'),
      signature: signature.toString('base64url'),
      userHandle: null,
    });
  }

  #credential(response: object): string {
    const id = this.id.toString('base64url');
    return JSON.stringify({
      type: 'public-key',
      id,
      rawId: id,
      authenticatorAttachment: 'platform',
      response,
    });
  }

  #coseKey(): Buffer {
    const { x = '', y = '' } = this.#publicKey.export({ format: 'jwk' });
    const [head, beforeY] = [Buffer.from('a5010203262001215820', 'hex'), Buffer.from('225820', 'hex')];
    return Buffer.concat([head, Buffer.from(x, 'base64url'), beforeY, Buffer.from(y, 'base64url')]);
  }
}

function header(rpId: string, flags: number): Buffer {
  const hash = createHash('sha256').update(rpId).digest();
  return Buffer.concat([hash, Buffer.from([flags, 0, 0, 0, 0])]);
}

function clientData(type: string, challenge: string): string {
  const json = JSON.stringify({
    type,
    challenge,
    origin: 'chrome-extension://abcdefghijklmnop',
    crossOrigin: false,
  });
  return Buffer.from(json).toString('base64url');
}
