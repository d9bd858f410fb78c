import { generateId } from './ids.ts';

export type Role = 'org:admin' | 'org:member';

export interface Organization {
  id: string;
  name: string;
  slug: string;
  createdAt: number;
  updatedAt: number;
}

/** That a user belongs to an organization. */
export interface Membership {
  id: string;
  organization: Organization;
  userId: string;
  role: Role;
  createdAt: number;
  updatedAt: number;
}

/** The organizations of the instance and who belongs to them. */
export class Organizations {
  readonly #byId = new Map<string, Organization>();
  #memberships: Membership[] = [];
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** @param slug made from the name, and made free, when it is `null` */
  create(name: string, slug: string | null): Organization {
    const now = this.#now();
    const free = slug ?? this.#freeSlug(name);
    const organization = { id: generateId('org'), name, slug: free, createdAt: now, updatedAt: now };
    this.#byId.set(organization.id, organization);
    return organization;
  }

  add(organization: Organization, userId: string, role: Role): Membership {
    const now = this.#now();
    const membership: Membership = {
      id: generateId('orgmem'),
      organization,
      userId,
      role,
      createdAt: now,
      updatedAt: now,
    };
    this.#memberships.push(membership);
    return membership;
  }

  /** By id or slug, as the API takes either. */
  find(idOrSlug: string): Organization | null {
    const bySlug = () => [...this.#byId.values()].find(({ slug }) => slug === idOrSlug);
    return this.#byId.get(idOrSlug) ?? bySlug() ?? null;
  }

  membershipsOf(userId: string): Membership[] {
    return this.#memberships.filter((membership) => membership.userId === userId);
  }

  membership(userId: string, idOrSlug: string): Membership | null {
    const organization = this.find(idOrSlug);
    return this.membershipsOf(userId).find((candidate) => candidate.organization === organization) ?? null;
  }

  membersCount({ id }: Organization): number {
    return this.#memberships.filter(({ organization }) => organization.id === id).length;
  }

  remove(membership: Membership): void {
    this.#memberships = this.#memberships.filter((other) => other !== membership);
  }

  /** Takes a deleted user out of all. */
  removeUser(userId: string): void {
    this.#memberships = this.#memberships.filter((membership) => membership.userId !== userId);
  }

  clear(): void {
    this.#byId.clear();
    this.#memberships = [];
  }

  #freeSlug(name: string): string {
    const words = name.toLowerCase().match(/[a-z0-9]+/g) ?? ['organization'];
    const slug = words.join('-');
    for (let number = 1; ; number += 1) {
      const candidate = number === 1 ? slug : `${slug}-${number}`;
      if (!this.find(candidate)) return candidate;
    }
  }
}
