import type { Context } from 'hono';
import type { Env } from '../context.ts';
import type { Core } from '../core.ts';
import { formError } from '../errors.ts';
import { queryValues } from '../paging.ts';
import { fullName, type User } from '../state/users.ts';
import { assertKnownQuery, ordered } from './parameters.ts';

type Filter = (user: User) => boolean;
type Comparable = string | number | null;

/** Filters that may be sent again for each value, and what a user has of them. */
const EXACT: Record<string, (user: User) => string[]> = {
  email_address: emailAddresses,
  phone_number: phoneNumbers,
  username: ({ username }) => (username === null ? [] : [username]),
  user_id: ({ id }) => [id],
  external_id: () => [],
  web3_wallet: () => [],
};
/** Filters by a part of a text, in any case. */
const PARTIAL: Record<string, (user: User) => (string | null)[]> = {
  query: (user) => [...emailAddresses(user), ...phoneNumbers(user), user.username, user.id, ...names(user)],
  email_address_query: emailAddresses,
  phone_number_query: phoneNumbers,
  username_query: ({ username }) => [username],
  name_query: names,
};
/** Filters by time: `created_at_after`, `created_at_before`. */
const TIMES: Record<string, (user: User) => number | null> = {
  created_at: ({ createdAt }) => createdAt,
  last_sign_in_at: ({ lastSignInAt }) => lastSignInAt,
  last_active_at: ({ lastSignInAt }) => lastSignInAt,
};
const ORDERS: Record<string, (user: User) => Comparable> = {
  ...TIMES,
  updated_at: ({ updatedAt }) => updatedAt,
  email_address: (user) => emailAddresses(user)[0] ?? null,
  phone_number: (user) => phoneNumbers(user)[0] ?? null,
  username: ({ username }) => username,
  first_name: ({ firstName }) => firstName,
  last_name: ({ lastName }) => lastName,
  web3wallet: () => null,
};
const TIME_PARAMETERS = Object.keys(TIMES).flatMap((name) => [`${name}_after`, `${name}_before`]);
/** What selects users, in lists and in the count of them. */
const FILTERS = [
  ...Object.keys(EXACT),
  ...Object.keys(PARTIAL),
  ...TIME_PARAMETERS,
  'organization_id',
  'banned',
];

/**
 * The users that a request asks for, sorted.
 * @param others the parameters that it may have beside the filters
 * @throws {ApiError} `form_param_unknown`, `form_param_value_invalid`
 */
export function listedUsers(c: Context<Env>, core: Core, others: string[] = []): User[] {
  assertKnownQuery(c, [...FILTERS, ...others]);
  const filters = [...exactFilters(c), ...partialFilters(c), ...timeFilters(c), ...otherFilters(c, core)];
  const found = core.users.all().filter((user) => filters.every((accepts) => accepts(user)));
  return ordered(c, found, ORDERS);
}

function exactFilters(c: Context<Env>): Filter[] {
  return Object.entries(EXACT).flatMap(([name, valuesOf]) => {
    const wanted = queryValues(c, name).map((value) => value.toLowerCase());
    return wanted.length === 0
      ? []
      : [(user: User) => valuesOf(user).some((value) => wanted.includes(value.toLowerCase()))];
  });
}

function partialFilters(c: Context<Env>): Filter[] {
  return Object.entries(PARTIAL).flatMap(([name, textsOf]) => {
    const wanted = c.req.query(name)?.trim().toLowerCase();
    if (!wanted) return [];
    return [(user: User) => textsOf(user).some((text) => text?.toLowerCase().includes(wanted))];
  });
}

function timeFilters(c: Context<Env>): Filter[] {
  return Object.entries(TIMES).flatMap(([name, timeOf]) => {
    const after = readTime(c, `${name}_after`);
    const before = readTime(c, `${name}_before`);
    return [
      ...(after === null ? [] : [(user: User) => (timeOf(user) ?? Number.NEGATIVE_INFINITY) > after]),
      ...(before === null ? [] : [(user: User) => (timeOf(user) ?? Number.POSITIVE_INFINITY) < before]),
    ];
  });
}

function otherFilters(c: Context<Env>, core: Core): Filter[] {
  const organizationIds = queryValues(c, 'organization_id');
  const banned = c.req.query('banned');
  if (banned && !['true', 'false'].includes(banned)) throw formError('form_param_value_invalid', 'banned');
  return [
    ...(organizationIds.length === 0
      ? []
      : [({ id }: User) => organizationIds.some((each) => core.organizations.membership(id, each))]),
    ...(banned ? [(user: User) => user.banned === (banned === 'true')] : []),
  ];
}

/** @throws {ApiError} `form_param_value_invalid` for anything but Unix ms */
function readTime(c: Context<Env>, name: string): number | null {
  const text = c.req.query(name);
  if (!text) return null;
  if (!/^\d+$/.test(text)) throw formError('form_param_value_invalid', name);
  return Number(text);
}

function emailAddresses(user: User): string[] {
  return user.emailAddresses.map(({ emailAddress }) => emailAddress);
}

function phoneNumbers(user: User): string[] {
  return user.phoneNumbers.map(({ phoneNumber }) => phoneNumber);
}

function names(user: User): string[] {
  return [fullName(user)];
}
