import type { ReadOptions } from '../../src/content/read-options.ts'

/** Options for reading a folder, with what a test does not care about filled in. */
export function readOptionsOf(dir: string, options: Partial<ReadOptions> = {}): ReadOptions {
  return {
    dir,
    cacheDir: null,
    exclude: [],
    siteUrl: 'https://blog.example',
    language: 'en',
    timeZone: 'UTC',
    urlPattern: '/blog/{slug}',
    fields: {},
    ignore: [],
    displayRoot: dir,
    ...options,
  }
}
