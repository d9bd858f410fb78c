import { Router } from 'express';
import { expectFeature, expectRecentVerification } from '../access/authorization.ts';
import { expectCaller } from '../access/gate.ts';
import { readPage } from '../http/input.ts';
import type { Store } from '../store/store.ts';
import { expectRoom, noteNotFound, readText } from './note-input.ts';

/** A person's own notes. */
export function noteRoutes({ notes }: Store): Router {
  const routes = Router();

  routes.get('/', (request, response) => {
    const { userId } = expectCaller(request);
    response.json(notes.list({ userId }, readPage(request.query)));
  });

  routes.post('/', (request, response) => {
    const { userId } = expectCaller(request);
    const text = readText(request.body);
    expectRoom(notes, { userId });
    response.status(201).json(notes.add({ userId, orgId: null, text }));
  });

  routes.delete('/', expectRecentVerification, (request, response) => {
    const { userId } = expectCaller(request);
    response.json({ deleted: notes.removeAll({ userId }) });
  });

  // One note a line: https://jsonlines.org
  routes.get('/export', (request, response) => {
    const { userId } = expectFeature(request, 'export');
    const lines = Array.from(notes.each({ userId }), (note) => `${JSON.stringify(note)}\n`);
    response.attachment('notes.jsonl').type('application/jsonl').send(lines.join(''));
  });

  routes.delete('/:id', (request, response) => {
    const { userId } = expectCaller(request);
    const { id } = request.params;
    if (!notes.remove({ userId }, id)) throw noteNotFound();
    response.json({ id, deleted: true });
  });

  return routes;
}
