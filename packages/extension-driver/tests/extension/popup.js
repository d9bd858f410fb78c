const { runtime } = globalThis.browser ?? globalThis.chrome;

document.querySelector('button').addEventListener('click', async () => {
  document.querySelector('output').textContent = await runtime.sendMessage('count');
});
