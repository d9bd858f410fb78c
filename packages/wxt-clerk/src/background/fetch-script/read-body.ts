/**
 * The text of an answer.
 *
 * @param largest In bytes.
 * @returns `null` for one that is larger, before any more of it is read.
 */
export async function readText(response: Response, largest: number): Promise<string | null> {
  const decoder = new TextDecoder();
  let text = '';
  const isWhole = await readChunks(response, largest, (chunk) => {
    text += decoder.decode(chunk, { stream: true });
  });
  return isWhole ? text + decoder.decode() : null;
}

/** The bytes of an answer, as `readText`. They are the browser's, not the background's memory. */
export async function readBlob(response: Response, largest: number): Promise<Blob | null> {
  let blob = new Blob();
  let chunks: BlobPart[] = [];
  let size = 0;
  const pack = () => {
    blob = new Blob([blob, ...chunks], { type: response.headers.get('content-type') ?? '' });
    chunks = [];
    size = 0;
  };
  const isWhole = await readChunks(response, largest, (chunk) => {
    chunks.push(chunk);
    size += chunk.byteLength;
    if (size > PACK_BYTES) pack();
  });
  pack();
  return isWhole ? blob : null;
}

/** What is read at most before it is given to the browser. */
const PACK_BYTES = 4 * 1024 * 1024;

/** @returns Whether that was all of it: larger than that, the rest is not read. */
async function readChunks(
  { headers, body }: Response,
  largest: number,
  take: (chunk: Uint8Array<ArrayBuffer>) => void,
): Promise<boolean> {
  if (!body) return true;
  if (Number(headers.get('content-length')) > largest) {
    await body.cancel();
    return false;
  }
  let size = 0;
  // Left in the middle, the loop cancels the rest.
  for await (const chunk of body as unknown as AsyncIterable<Uint8Array<ArrayBuffer>>) {
    size += chunk.byteLength;
    if (size > largest) return false;
    take(chunk);
  }
  return true;
}
