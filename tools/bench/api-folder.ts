import { join } from 'node:path';
import { PROJECT_ROOT } from '../extension-build.ts';

/** An example, which may be deleted. */
export const API_FOLDER = join(PROJECT_ROOT, 'examples/api');
