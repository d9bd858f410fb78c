/** Something that a person can put right before the server is started again: its message is all that is printed. */
export class StartError extends Error {}
