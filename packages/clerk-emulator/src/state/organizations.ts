import type { Events } from './events.ts';
import { generateId } from './ids.ts';
import { moveOn } from './updated-at.ts';
import type { ProfileImage } from './users.ts';

export interface Organization {
  id: string;
  name: string;
  slug: string;
  logo: ProfileImage | null;
  /** By its key; `null` without billing. */
  plan: string | null;
  /** Keys of what the plan brings. */
  features: string[];
  /** `null`: as the settings say. */
  maxAllowedMemberships: number | null;
  /** Id of the user who made it; `null` when nobody did. */
  createdBy: string | null;
  publicMetadata: Record<string, unknown>;
  privateMetadata: Record<string, unknown>;
  createdAt: number;
  updatedAt: number;
}

/** That a user belongs to an organization. */
export interface Membership {
  id: string;
  organization: Organization;
  userId: string;
  /** `org:admin` */
  role: string;
  publicMetadata: Record<string, unknown>;
  privateMetadata: Record<string, unknown>;
  createdAt: number;
  updatedAt: number;
}

/** Organizations and memberships; each membership holds one of the organizations. */
export interface OrganizationsState {
  organizations: Organization[];
  memberships: Membership[];
}

/** The organizations of the instance and who belongs to them. */
export class Organizations {
  readonly #byId = new Map<string, Organization>();
  #memberships: Membership[] = [];
  readonly #now: () => number;
  readonly #events: Events;

  constructor(now: () => number, events: Events) {
    this.#now = now;
    this.#events = events;
  }

  /** @param slug made from the name, and made free, when it is `null` */
  create(
    name: string,
    slug: string | null,
    { id = generateId('org'), createdBy = null }: { id?: string; createdBy?: string | null } = {},
  ): Organization {
    const now = this.#now();
    const organization: Organization = {
      id,
      name,
      slug: slug ?? this.#freeSlug(name),
      logo: null,
      plan: null,
      features: [],
      maxAllowedMemberships: null,
      createdBy,
      publicMetadata: {},
      privateMetadata: {},
      createdAt: now,
      updatedAt: now,
    };
    this.#byId.set(id, organization);
    this.#events.publish('organization.created', organization);
    return organization;
  }

  add(organization: Organization, userId: string, role: string): Membership {
    const now = this.#now();
    const membership: Membership = {
      id: generateId('orgmem'),
      organization,
      userId,
      role,
      publicMetadata: {},
      privateMetadata: {},
      createdAt: now,
      updatedAt: now,
    };
    this.#memberships.push(membership);
    this.#events.publish('organizationMembership.created', membership);
    return membership;
  }

  all(): Organization[] {
    return [...this.#byId.values()];
  }

  /** By id or slug, as the API takes either. */
  find(idOrSlug: string): Organization | null {
    const bySlug = () => this.all().find(({ slug }) => slug === idOrSlug);
    return this.#byId.get(idOrSlug) ?? bySlug() ?? null;
  }

  membershipsOf(userId: string): Membership[] {
    return this.#memberships.filter((membership) => membership.userId === userId);
  }

  membershipsIn({ id }: Organization): Membership[] {
    return this.#memberships.filter(({ organization }) => organization.id === id);
  }

  membership(userId: string, idOrSlug: string): Membership | null {
    const organization = this.find(idOrSlug);
    return this.membershipsOf(userId).find((candidate) => candidate.organization === organization) ?? null;
  }

  membersCount(organization: Organization): number {
    return this.membershipsIn(organization).length;
  }

  remove(membership: Membership): void {
    this.#events.publish('organizationMembership.deleted', membership);
    this.#memberships = this.#memberships.filter((other) => other !== membership);
  }

  /** Deletes an organization with its memberships. */
  delete(organization: Organization): void {
    for (const membership of this.membershipsIn(organization)) this.remove(membership);
    this.#events.publish('organization.deleted', organization);
    this.#byId.delete(organization.id);
  }

  /** Takes a deleted user out of all. */
  removeUser(userId: string): void {
    for (const membership of this.membershipsOf(userId)) this.remove(membership);
  }

  /** Moves `updatedAt` on, by at least 1 ms. */
  changed(changed: Organization | Membership): void {
    moveOn(changed, this.#now());
    if ('organization' in changed) this.#events.publish('organizationMembership.updated', changed);
    else this.#events.publish('organization.updated', changed);
  }

  /** For the next start. */
  state(): OrganizationsState {
    return { organizations: this.all(), memberships: this.#memberships };
  }

  /** Takes up organizations of an earlier run. */
  restore({ organizations, memberships }: OrganizationsState): void {
    for (const organization of organizations) this.#byId.set(organization.id, organization);
    this.#memberships = [...memberships];
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
