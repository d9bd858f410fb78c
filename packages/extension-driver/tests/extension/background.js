const { runtime, storage } = globalThis.browser ?? globalThis.chrome;

runtime.onMessage.addListener((_message, _sender, sendResponse) => {
  storage.session
    .get({ count: 0 })
    .then(({ count }) => storage.session.set({ count: count + 1 }).then(() => sendResponse(count + 1)));
  return true;
});
