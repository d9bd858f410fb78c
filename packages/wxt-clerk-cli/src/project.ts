/** The folder of the extension that a command is about: where it was started. `npm run` starts it beside `package.json`. */
export const PROJECT_ROOT = process.cwd();
