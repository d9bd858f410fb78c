import { mkdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Surface } from 'extension-driver';

/** The screenshots of a tour, numbered in order. */
export class Album {
  count = 0;
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  static async create(folder: string): Promise<Album> {
    const path = resolve(folder);
    await rm(join(path, 'tour'), { recursive: true, force: true });
    await mkdir(join(path, 'tour'), { recursive: true });
    return new Album(join(path, 'tour'));
  }

  async add(step: string, surface: Surface): Promise<void> {
    const number = String(this.count + 1).padStart(2, '0');
    await surface.screenshot(join(this.folder, `${number}-${surface.kind}.png`));
    this.count += 1;
    console.log(`${number}  ${step}`);
  }
}
