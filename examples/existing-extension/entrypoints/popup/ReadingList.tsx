import { useState } from 'react';
import { useUser } from 'wxt-clerk/react';
import { browser } from '#imports';

/** What the extension's popup always was, and who is reading. */
export function ReadingList() {
  const { user } = useUser();
  const [count, setCount] = useState(0);

  async function ping() {
    const { pong } = await browser.runtime.sendMessage({ type: 'ping', count });
    setCount(pong);
  }

  return (
    <main>
      <h1>Books of {user?.firstName}</h1>
      <button type="button" onClick={ping}>
        Ping
      </button>
      <output>{count} answers</output>
    </main>
  );
}
