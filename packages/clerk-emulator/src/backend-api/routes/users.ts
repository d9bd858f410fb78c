import { type Context, Hono } from 'hono';
import type { Env } from '../../context.ts';
import type { Core } from '../../core.ts';
import { setLocked } from '../../flows/lockout.ts';
import { membershipsOf } from '../../flows/organizations.ts';
import { deleteUser, setBanned } from '../../flows/users.ts';
import { paged } from '../../paging.ts';
import { deletedJson } from '../../resources/user.ts';
import type { User } from '../../state/users.ts';
import { PAGE_PARAMETERS, readBody } from '../parameters.ts';
import { backendMembershipJson } from '../resources/organization.ts';
import { backendUserJson } from '../resources/user.ts';
import {
  CHANGED_USER_RULES,
  type ChangedUser,
  CREATED_USER_RULES,
  type CreatedUser,
  changeBackendUser,
  createBackendUser,
} from '../user-fields.ts';
import { listedUsers } from '../user-list.ts';

/** The instance's users. */
export function backendUserRoutes(core: Core): Hono<Env> {
  const find = (c: Context<Env>) => core.users.expect(c.req.param('userId') ?? '');
  const change = (c: Context<Env>, apply: (user: User) => void) => {
    const user = find(c);
    apply(user);
    core.users.changed(user);
    return c.json(backendUserJson(core, user));
  };

  return new Hono<Env>()
    .get('/users', (c) => {
      const users = listedUsers(c, core, [...PAGE_PARAMETERS, 'order_by']);
      return c.json(paged(c, users, (user) => backendUserJson(core, user)).data);
    })
    .post('/users', async (c) => {
      const user = createBackendUser(core, await readBody<CreatedUser>(c, CREATED_USER_RULES));
      return c.json(backendUserJson(core, user));
    })
    .get('/users/count', (c) => c.json({ object: 'total_count', total_count: listedUsers(c, core).length }))
    .get('/users/:userId', (c) => c.json(backendUserJson(core, find(c))))
    .patch('/users/:userId', async (c) => {
      const user = find(c);
      changeBackendUser(core, user, await readBody<ChangedUser>(c, CHANGED_USER_RULES));
      return c.json(backendUserJson(core, user));
    })
    .delete('/users/:userId', (c) => {
      const user = find(c);
      deleteUser(core, user);
      return c.json(deletedJson('user', user.id));
    })
    .post('/users/:userId/ban', (c) => change(c, (user) => setBanned(core, user, true)))
    .post('/users/:userId/unban', (c) => change(c, (user) => setBanned(core, user, false)))
    .post('/users/:userId/lock', (c) => change(c, (user) => setLocked(core, user, true)))
    .post('/users/:userId/unlock', (c) => change(c, (user) => setLocked(core, user, false)))
    .get('/users/:userId/organization_memberships', (c) => {
      const memberships = membershipsOf(core, find(c).id).toReversed();
      return c.json(paged(c, memberships, (membership) => backendMembershipJson(core, membership)));
    });
}
