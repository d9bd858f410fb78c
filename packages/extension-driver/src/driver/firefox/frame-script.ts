import type { Privileged } from './privileged.ts';

/** What the frame script answers to one evaluation. */
export interface FrameReply {
  id: number;
  value?: string;
  error?: string;
  /** Every `console.error` and uncaught error of the page so far. */
  consoleErrors: string[];
}

/** The frame script as a URL that Firefox loads beside a page, in the page's process. */
export const FRAME_SCRIPT_URL = `data:application/javascript;charset=utf-8,${encodeURIComponent(`(${frameScript})(this)`)}`;

/**
 * Answers the messages of the browser window for one page: evaluates in the page's world through the debugger, which no
 * CSP stops, and dispatches mouse and key events as trusted input with user activation. Popup and sidebar are no
 * WebDriver contexts, so this is the only way in.
 */
function frameScript(frame: Privileged): void {
  const { Cc, Ci, Cu, ChromeUtils, Services } = globalThis as Privileged;
  const { addDebuggerToGlobal } = ChromeUtils.importESModule('resource://gre/modules/jsdebugger.sys.mjs', {
    global: 'contextual',
  });
  addDebuggerToGlobal(globalThis);
  // Firefox's own WebDriver input.
  const { event } = ChromeUtils.importESModule('chrome://remote/content/shared/webdriver/Event.sys.mjs');

  const readConsoleErrors = (): string[] => {
    const innerWindowId = frame.content.windowGlobalChild.innerWindowId;
    const storage = Cc['@mozilla.org/consoleAPI-storage;1'].getService(Ci.nsIConsoleAPIStorage);
    const logged = storage.getEvents(innerWindowId).filter((entry: Privileged) => entry.level === 'error');
    const thrown = Services.console
      .getMessageArray()
      .filter((message: Privileged) => message instanceof Ci.nsIScriptError)
      .filter((error: Privileged) => error.innerWindowID === innerWindowId)
      .filter((error: Privileged) => !(error.flags & Ci.nsIScriptError.warningFlag));
    return [
      ...logged.map((entry: Privileged) => Array.from(entry.arguments, String).join(' ')),
      ...thrown.map((error: Privileged) => String(error.errorMessage)),
    ];
  };
  const reply = (id: number, outcome: object) => {
    frame.sendAsyncMessage('driver:reply', { id, consoleErrors: readConsoleErrors(), ...outcome });
  };
  // What is asked of a document that is left has no answer.
  const evaluations = new Set<number>();
  frame.addEventListener('pagehide', ({ target }: Privileged) => {
    if (target !== frame.content.document) return;
    const error = 'the page was left while it was being asked';
    for (const id of evaluations) frame.sendAsyncMessage('driver:reply', { id, error, consoleErrors: [] });
    evaluations.clear();
  });
  const evaluate = (id: number, expression: string) => {
    evaluations.add(id);
    const page = new (globalThis as Privileged).Debugger().addDebuggee(frame.content);
    const report = (isValue: boolean, text: string) => {
      if (evaluations.delete(id)) reply(id, isValue ? { value: text } : { error: text });
    };
    const completion = page.executeInGlobal(expression);
    const isThrown = completion === null || 'throw' in completion;
    page.executeInGlobalWithBindings(
      `(isThrown ? Promise.reject(outcome) : Promise.resolve(outcome))
        .then((value) => report(true, value), (error) => report(false, String(error)))`,
      {
        isThrown,
        outcome: isThrown ? completion?.throw : completion.return,
        report: page.makeDebuggeeValue(Cu.exportFunction(report, frame.content)),
      },
    );
  };
  const click = async (x: number, y: number) => {
    await event.synthesizeMouseAtPoint(x, y, { type: 'mousemove' }, frame.content);
    await event.synthesizeMouseAtPoint(x, y, { type: 'mousedown', buttons: 1 }, frame.content);
    await event.synthesizeMouseAtPoint(x, y, { type: 'mouseup' }, frame.content);
  };

  const readShadowText = (host: string, selector: string): string | null => {
    const { openOrClosedShadowRoot: root } = frame.content.document.querySelector(host) ?? {};
    return root?.querySelector(selector)?.innerText ?? null;
  };

  const handle = async (request: Privileged) => {
    if (request.kind === 'shadow-text') {
      reply(request.id, { value: JSON.stringify(readShadowText(request.host, request.selector)) });
      return;
    }
    if (request.kind === 'click') await click(request.x, request.y);
    else if (request.kind === 'text') event.sendKeys(request.text, frame.content);
    else
      event.sendSingleKey(
        { key: request.key, code: request.key, printable: request.key.length === 1 },
        frame.content,
      );
    reply(request.id, {});
  };

  frame.addMessageListener('driver:request', ({ data }: Privileged) => {
    const work = async () => (data.kind === 'evaluate' ? evaluate(data.id, data.expression) : handle(data));
    work().catch((error) => reply(data.id, { error: String(error) }));
  });
}
