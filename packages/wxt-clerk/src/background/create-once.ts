/** Creates once and keeps what was created; a failed creation is shared by those who waited and tried again later. */
export function createOnce<Result>(create: () => Promise<Result>): () => Promise<Result> {
  let created: Promise<Result> | null = null;
  return () => {
    created ??= create().catch((error) => {
      created = null;
      throw error;
    });
    return created;
  };
}
