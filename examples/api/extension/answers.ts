import * as v from 'valibot';

const NullableText = v.nullable(v.string());

/** `GET /` */
export const Home = v.object({ name: v.string(), signedIn: v.boolean() });
export type Home = v.InferOutput<typeof Home>;

/** `GET /me` */
export const Me = v.object({ userId: v.string(), sessionId: v.string(), orgId: NullableText });
export type Me = v.InferOutput<typeof Me>;

/** `GET /me/last-active` */
export const LastActive = v.object({ userId: v.string(), sessionId: v.string() });
export type LastActive = v.InferOutput<typeof LastActive>;

/** `GET /me/live`. Times are in Unix ms. */
export const LiveSession = v.object({
  userId: v.string(),
  sessionId: v.string(),
  status: v.string(),
  lastActiveAt: v.number(),
  expireAt: v.number(),
});
export type LiveSession = v.InferOutput<typeof LiveSession>;

const PublicMetadata = v.record(v.string(), v.unknown());

/** `GET /me/profile` */
export const Profile = v.object({
  userId: v.string(),
  firstName: NullableText,
  lastName: NullableText,
  emailAddress: NullableText,
  publicMetadata: PublicMetadata,
});
export type Profile = v.InferOutput<typeof Profile>;

/** `PATCH /me/metadata` */
export const WrittenMetadata = v.object({ publicMetadata: PublicMetadata });
export type WrittenMetadata = v.InferOutput<typeof WrittenMetadata>;

/** `POST /notes`, `POST /org/notes` */
export const Note = v.object({
  id: v.string(),
  text: v.string(),
  /** Unix ms. */
  createdAt: v.number(),
  author: v.object({ userId: v.string(), name: NullableText }),
});
export type Note = v.InferOutput<typeof Note>;

/** `GET /notes`, `GET /org/notes`: the newest first. */
export const NotePage = v.object({ notes: v.array(Note), total: v.number() });
export type NotePage = v.InferOutput<typeof NotePage>;

/** `GET /admin` */
export const Admin = v.object({
  userId: v.string(),
  orgId: v.string(),
  orgRole: v.string(),
  /** How many the organization has. */
  notes: v.number(),
});
export type Admin = v.InferOutput<typeof Admin>;

/** `GET /admin/people` */
export const PeoplePage = v.object({
  people: v.array(
    v.object({
      userId: NullableText,
      firstName: NullableText,
      lastName: NullableText,
      identifier: NullableText,
      role: v.string(),
    }),
  ),
  total: v.number(),
});
export type PeoplePage = v.InferOutput<typeof PeoplePage>;

/** What the API does not do, in its own words. */
export const Refusal = v.object({ error: v.object({ message: v.string() }) });
