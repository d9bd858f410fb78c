import { notFound } from '../errors.ts';
import type { Events } from './events.ts';
import type { ExternalAccount } from './external-accounts.ts';
import { generateId } from './ids.ts';
import type { Passkey } from './passkeys.ts';
import type { Totp } from './totp.ts';
import { moveOn } from './updated-at.ts';
import { type Verification, verifiedBy } from './verification.ts';

export interface EmailAddress {
  id: string;
  emailAddress: string;
  /** `null` until a code was asked for. */
  verification: Verification | null;
  createdAt: number;
  updatedAt: number;
}

export interface PhoneNumber {
  id: string;
  /** In the form `+15555550100`. */
  phoneNumber: string;
  verification: Verification | null;
  /** Whether codes of the second factor go to it. */
  isSecondFactor: boolean;
  isDefaultSecondFactor: boolean;
  createdAt: number;
  updatedAt: number;
}

export interface ProfileImage {
  id: string;
  contentType: string;
  bytes: Uint8Array;
}

export interface User {
  id: string;
  username: string | null;
  firstName: string | null;
  lastName: string | null;
  emailAddresses: EmailAddress[];
  primaryEmailAddressId: string | null;
  phoneNumbers: PhoneNumber[];
  primaryPhoneNumberId: string | null;
  password: string | null;
  mustResetPassword: boolean;
  passkeys: Passkey[];
  externalAccounts: ExternalAccount[];
  totp: Totp | null;
  /** Those that were not used yet; `null` when none were made. */
  backupCodes: string[] | null;
  mfaEnabledAt: number | null;
  mfaDisabledAt: number | null;
  /** The clients that the user signed in on. */
  knownClientIds: Set<string>;
  publicMetadata: Record<string, unknown>;
  privateMetadata: Record<string, unknown>;
  unsafeMetadata: Record<string, unknown>;
  /** Of billing, by its key. */
  plan: string | null;
  /** Keys of what the plan brings. */
  features: string[];
  profileImage: ProfileImage | null;
  banned: boolean;
  /** Wrong passwords and codes since the last sign-in. */
  failedAttempts: number;
  /** Unix ms; `null` when it is not locked. */
  lockedUntil: number | null;
  lastSignInAt: number | null;
  createdAt: number;
  updatedAt: number;
}

export interface UserInput {
  id?: string;
  /** Absent for somebody who signed up by a phone number. */
  emailAddress?: string | null;
  username?: string | null;
  password?: string | null;
  firstName?: string | null;
  lastName?: string | null;
  publicMetadata?: Record<string, unknown>;
  privateMetadata?: Record<string, unknown>;
  unsafeMetadata?: Record<string, unknown>;
  plan?: string | null;
  features?: string[];
  /** How the address was proved; by the dashboard when left out. */
  emailVerification?: Verification | null;
}

/** The people of the instance. Passwords stay in memory as typed: this is test data. */
export class Users {
  readonly #byId = new Map<string, User>();
  readonly #now: () => number;
  readonly #events: Events;

  constructor(now: () => number, events: Events) {
    this.#now = now;
    this.#events = events;
  }

  /** Adds a user whose e-mail address, if any, counts as verified. */
  create(input: UserInput): User {
    const now = this.#now();
    const verification = input.emailVerification ?? verifiedBy('admin');
    const emails = input.emailAddress ? [this.#newEmailAddress(input.emailAddress, verification)] : [];
    const user: User = {
      id: input.id ?? generateId('user'),
      username: input.username || null,
      firstName: input.firstName || null,
      lastName: input.lastName || null,
      emailAddresses: emails,
      primaryEmailAddressId: emails[0]?.id ?? null,
      phoneNumbers: [],
      primaryPhoneNumberId: null,
      mustResetPassword: false,
      passkeys: [],
      externalAccounts: [],
      totp: null,
      backupCodes: null,
      mfaEnabledAt: null,
      mfaDisabledAt: null,
      knownClientIds: new Set(),
      password: input.password ?? null,
      publicMetadata: input.publicMetadata ?? {},
      privateMetadata: input.privateMetadata ?? {},
      unsafeMetadata: input.unsafeMetadata ?? {},
      plan: input.plan ?? null,
      features: [...(input.features ?? [])],
      profileImage: null,
      banned: false,
      failedAttempts: 0,
      lockedUntil: null,
      lastSignInAt: null,
      createdAt: now,
      updatedAt: now,
    };
    this.#byId.set(user.id, user);
    this.#events.publish('user.created', user);
    return user;
  }

  /** Adds an address; unverified unless told otherwise. */
  addEmailAddress(user: User, emailAddress: string, verification: Verification | null = null): EmailAddress {
    const email = this.#newEmailAddress(emailAddress, verification);
    user.emailAddresses.push(email);
    this.changed(user);
    return email;
  }

  /** Adds a number; unverified unless told otherwise. */
  addPhoneNumber(user: User, phoneNumber: string, verification: Verification | null = null): PhoneNumber {
    const now = this.#now();
    const phone: PhoneNumber = {
      id: generateId('idn'),
      phoneNumber,
      verification,
      isSecondFactor: false,
      isDefaultSecondFactor: false,
      createdAt: now,
      updatedAt: now,
    };
    user.phoneNumbers.push(phone);
    this.changed(user);
    return phone;
  }

  all(): User[] {
    return [...this.#byId.values()];
  }

  find(userId: string): User | null {
    return this.#byId.get(userId) ?? null;
  }

  /** @throws {ApiError} `resource_not_found` */
  expect(userId: string): User {
    const user = this.find(userId);
    if (!user) throw notFound('user', userId);
    return user;
  }

  /** Whoever verified this address; addresses compare without case. */
  findByEmailAddress(emailAddress: string): User | null {
    const wanted = emailAddress.toLowerCase();
    for (const user of this.#byId.values()) {
      if (user.emailAddresses.some((email) => email.emailAddress === wanted && isVerified(email)))
        return user;
    }
    return null;
  }

  /** Whoever verified this number. */
  findByPhoneNumber(phoneNumber: string): User | null {
    for (const user of this.#byId.values()) {
      if (user.phoneNumbers.some((phone) => phone.phoneNumber === phoneNumber && isVerified(phone)))
        return user;
    }
    return null;
  }

  /** Usernames compare without case, too. */
  findByUsername(username: string): User | null {
    const wanted = username.toLowerCase();
    return (
      this.all().find((user) => user.username !== null && user.username.toLowerCase() === wanted) ?? null
    );
  }

  /** Moves `updatedAt` on, by at least 1 ms: React keeps the old user when it stays the same. */
  changed(user: User): void {
    moveOn(user, this.#now());
    this.#events.publish('user.updated', user);
  }

  /** Moves `updatedAt` on for what is no change of the user's own: the user's JSON has the memberships. */
  membershipsChanged(user: User): void {
    moveOn(user, this.#now());
  }

  delete(user: User): void {
    this.#events.publish('user.deleted', user);
    this.#byId.delete(user.id);
  }

  /** Takes up users of an earlier run. */
  restore(users: readonly User[]): void {
    for (const user of users) this.#byId.set(user.id, user);
  }

  clear(): void {
    this.#byId.clear();
  }

  #newEmailAddress(emailAddress: string, verification: Verification | null): EmailAddress {
    const now = this.#now();
    const normalized = emailAddress.toLowerCase();
    return { id: generateId('idn'), emailAddress: normalized, verification, createdAt: now, updatedAt: now };
  }
}

/** First and last name as one text; empty without either. */
export function fullName({
  firstName,
  lastName,
}: Partial<Record<'firstName' | 'lastName', string | null | undefined>>): string {
  return [firstName, lastName].filter(Boolean).join(' ');
}

/** Whether an address or a number was proved to belong to its user. */
export function isVerified({ verification }: EmailAddress | PhoneNumber): boolean {
  return verification?.status === 'verified';
}

/** Whether a second factor was set up; backup codes alone are none. */
export function hasSecondFactor(user: User): boolean {
  return user.totp?.isVerified === true || user.phoneNumbers.some((phone) => phone.isSecondFactor);
}
