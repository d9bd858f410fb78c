/** Where this page is: to be given as the address that a link in a mail leads to. */
export const BACK_TO_EXTENSION = '/back-to-extension';

/** A web page cannot open an extension's: who opened the link in a mail is told where to go on. */
export function BackToExtension() {
  const status = new URLSearchParams(window.location.search).get('__clerk_status');
  return (
    <main>
      <h1>Back to the extension</h1>
      <p>{SENTENCES[status ?? ''] ?? SENTENCES.verified}</p>
    </main>
  );
}

// What Clerk puts behind the address: https://clerk.com/docs/guides/development/custom-flows/authentication/email-links
const SENTENCES: Record<string, string> = {
  verified: 'You can close this page. The extension goes on where you left it.',
  expired: 'This link is too old. Open the extension and ask for another one.',
  failed: 'This link does not count any more. Open the extension and ask for another one.',
  client_mismatch: 'Open this link in the browser that you asked for it in.',
};
