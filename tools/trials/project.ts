import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** A change that a product makes to the starter, as the README tells it. */
export interface Trial {
  name: string;
  change(project: Project): Promise<void>;
}

/** The copy of the project that a trial changes; it remembers what was touched. */
export class Project {
  /** Files that were written, and folders that were deleted, by their path in the project. */
  readonly touched = new Set<string>();
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  async write(path: string, content: string): Promise<void> {
    this.touched.add(path);
    await mkdir(dirname(join(this.folder, path)), { recursive: true });
    await writeFile(join(this.folder, path), content);
  }

  /** @throws {Error} When the text is not in the file: the trial has to follow the starter. */
  async replace(path: string, text: string | RegExp, replacement: string): Promise<void> {
    const content = await readFile(join(this.folder, path), 'utf8');
    const changed = content.replace(text, () => replacement);
    if (changed === content) throw new Error(`${path} has no ${text}. Change tools/trials/.`);
    await this.write(path, changed);
  }

  /** Deletes a file, or a folder with all in it. */
  async remove(path: string): Promise<void> {
    this.touched.add(path);
    await rm(join(this.folder, path), { recursive: true });
  }

  async copy(from: string, to: string): Promise<void> {
    this.touched.add(to);
    await cp(join(this.folder, from), join(this.folder, to), { recursive: true });
  }
}
