import { Router } from 'express';
import { expectMember, expectPermission } from '../access/authorization.ts';
import { readPage } from '../http/input.ts';
import type { Store } from '../store/store.ts';
import { expectRoom, noteNotFound, readText } from './note-input.ts';

const DELETE_PERMISSION = 'org:notes:delete';

/** The notes of the active organization: every member reads and writes them, who has the permission deletes them. */
export function organizationNoteRoutes({ notes }: Store): Router {
  const routes = Router();

  routes.get('/', (request, response) => {
    const { orgId } = expectMember(request);
    response.json(notes.list({ orgId }, readPage(request.query)));
  });

  routes.post('/', (request, response) => {
    const { userId, orgId } = expectMember(request);
    const text = readText(request.body);
    expectRoom(notes, { orgId });
    response.status(201).json(notes.add({ userId, orgId, text }));
  });

  routes.delete('/:id', (request, response) => {
    const { orgId } = expectPermission(request, DELETE_PERMISSION);
    const { id } = request.params;
    if (!notes.remove({ orgId }, id)) throw noteNotFound();
    response.json({ id, deleted: true });
  });

  return routes;
}
