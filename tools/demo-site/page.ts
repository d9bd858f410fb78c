/** The web page of the demo. It has no script: what moves on it is the extension's content script. */
export const PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
    <link rel="icon" href="data:,">
    <title>Notebook – a web page of yours</title>
    <style>
      :root {
        color-scheme: light dark;
        --background: #faf7f2;
        --paper: #ffffff;
        --line: #e7e0d5;
        --text: #26221c;
        --muted: #6d655a;
        --accent: #9a4f1a;
        font: 16px/1.6 Georgia, "Noto Serif", serif;
      }
      @media (prefers-color-scheme: dark) {
        :root {
          --background: #1a1815;
          --paper: #23201c;
          --line: #38332c;
          --text: #f0ebe3;
          --muted: #b0a797;
          --accent: #e39a63;
        }
      }
      * { box-sizing: border-box; }
      body { margin: 0; background: var(--background); color: var(--text); }
      header {
        display: flex;
        align-items: baseline;
        gap: 12px;
        padding: 20px clamp(20px, 6vw, 72px);
        border-bottom: 1px solid var(--line);
      }
      header strong { font-size: 20px; }
      header span { color: var(--muted); font-size: 14px; }
      main { max-width: 780px; padding: 40px clamp(20px, 6vw, 72px); }
      /* Leaves the corner to the card. */
      @media (min-width: 760px) { main { margin-right: 320px; padding-right: 24px; } }
      h1 { margin: 0 0 12px; font-size: 34px; line-height: 1.2; }
      .lead { margin: 0 0 32px; color: var(--muted); font-size: 18px; }
      section {
        margin: 0 0 16px;
        padding: 20px 24px;
        background: var(--paper);
        border: 1px solid var(--line);
        border-radius: 12px;
      }
      h2 { margin: 0 0 6px; font-size: 18px; color: var(--accent); }
      section p { margin: 0; }
      code { font: 14px ui-monospace, "DejaVu Sans Mono", monospace; }
    </style>
  </head>
  <body>
    <header><strong>Notebook</strong><span>a web page of yours, on localhost</span></header>
    <main>
      <h1>This page never sees a token</h1>
      <p class="lead">The card in the corner is the extension’s content script. Sign in or out in the toolbar popup, and watch it follow.</p>
      <section>
        <h2>Who you are</h2>
        <p>The background tells the content script your name and picture, and that you are signed in. Nothing else.</p>
      </section>
      <section>
        <h2>What your API says</h2>
        <p>The content script asks for <code>GET /notes</code>. The background adds the session token, makes the call and hands back the answer; the API checks the token with <code>@clerk/backend</code>.</p>
      </section>
      <section>
        <h2>What stays away from here</h2>
        <p>Neither the session token nor the credential behind it enters this page’s process, so no script of this page can take them.</p>
      </section>
    </main>
  </body>
</html>
`;
