/** `npm run docs:api`: writes docs/api.md anew. */
import { writeFileSync } from 'node:fs';
import { API_DOCUMENT, apiDocument } from './api-docs/document.ts';

writeFileSync(API_DOCUMENT, apiDocument());
