import { createSendMessage, defineMessages } from 'wxt-clerk/messages';

/**
 * The messages of this extension, beside those of Clerk (`get-token`, `get-user`, `sign-out` and others). A row is all
 * that a message needs:
 *
 *     'count-notes': message({
 *       schema: v.strictObject({ folder: v.string() }),
 *       from: 'own-pages',
 *       handle: async ({ folder }, { fetchApi }) =>
 *         (await fetchApi(`https://api.example.com/notes?folder=${encodeURIComponent(folder)}`)).body,
 *     }),
 *
 * Only the background has the code of the rows; a page that imports `sendMessage` has none of it in its bundle.
 */
export const messages = defineMessages({});

/** Asks the background from one of our own pages: `await sendMessage('get-token')`. */
export const sendMessage = createSendMessage<typeof messages>();
