import { html } from 'hono/html';

const STYLE = `
  :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
  body { margin: 0; min-height: 100vh; display: grid; place-items: start center; background: Canvas; color: CanvasText; }
  main { width: min(26rem, 100vw - 2rem); margin: 2rem 0; }
  h1 { font-size: 1.35rem; line-height: 1.3; margin: 0 0 .25rem; }
  h2 { font-size: 1rem; margin: 1.75rem 0 .5rem; }
  p { margin: 0 0 1rem; }
  button { font: inherit; display: block; width: 100%; margin: 0 0 .5rem; padding: .6rem .9rem; text-align: start; cursor: pointer;
    border: 1px solid color-mix(in srgb, CanvasText 45%, Canvas); border-radius: .5rem; background: Canvas; color: CanvasText; }
  button:hover { background: color-mix(in srgb, CanvasText 8%, Canvas); }
  button:focus-visible, input:focus-visible { outline: 3px solid #6c47ff; outline-offset: 2px; }
  button small { display: block; }
  .row { display: grid; grid-template-columns: repeat(3, 1fr); gap: .5rem; }
  .row button { text-align: center; }
  label { display: block; margin: 0 0 .5rem; }
  input[type=text], input[type=email] { font: inherit; display: block; width: 100%; box-sizing: border-box; padding: .45rem .6rem;
    border: 1px solid color-mix(in srgb, CanvasText 45%, Canvas); border-radius: .5rem; background: Canvas; color: CanvasText; }
  footer { margin-top: 1.75rem; font-size: .875rem; }`;

/** A page runs no script, and stands in no other page. */
export const PAGE_HEADERS = {
  'Cache-Control': 'no-store',
  'Content-Security-Policy':
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'",
  'Referrer-Policy': 'no-referrer',
};

/** A page of this server's: plain HTML that runs no script. */
export function pageHtml(title: string, body: ReturnType<typeof html>) {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title}</title>
<link rel="icon" href="data:,">
<style>${STYLE}</style>
</head>
<body><main>${body}</main></body>
</html>`;
}
