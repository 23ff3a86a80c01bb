/** Reads files that the index does not know, or knows no longer. */

import { type AuthorBook, bookFinder } from './author-names.ts'
import { fieldReader } from './field-aliases.ts'
import { frontMatterParser } from './parse-front-matter.ts'
import { toRow } from './post-row.ts'
import { urlMaker } from './post-url.ts'
import { digestOf } from './read-digest.ts'
import { type ReadContext, readFilePost } from './read-file-post.ts'
import { isAmbiguous } from './read-key.ts'
import type { ReadOptions } from './read-options.ts'

/** All that reading a file depends on; plain data, so that it can be handed to another thread. */
export interface AnewRequest {
  readonly options: Omit<ReadOptions, 'onProgress'>
  readonly localeFolders: ReadonlyMap<string, string>
  /** True where strings of tags are split at blanks, as Jekyll does. */
  readonly jekyll: boolean
  readonly books: ReadonlyMap<string, AuthorBook>
  /** When reading began, milliseconds since 1970: the key of a file that is not older says too little about it. */
  readonly startedAt: number
}

/** Loads the parsers and returns a function that reads one file into its row; null when the file is gone. */
export async function rowMaker(request: AnewRequest): Promise<(file: string) => string | null> {
  const parse = await frontMatterParser()
  const context = readContext(request)
  return file => {
    const reading = readFilePost(file, context, parse)
    if (reading === null) return null
    const { outcome, source } = reading
    if (source === null) return toRow(file, '', '', outcome)
    return toRow(file, source.key, isAmbiguous(source.changed, request.startedAt) ? digestOf(source.bytes) : '', outcome)
  }
}

function readContext({ options, localeFolders, jekyll, books }: AnewRequest): ReadContext {
  const { dir, displayRoot, siteUrl, language, timeZone, urlPattern } = options
  return {
    dir,
    displayRoot,
    siteUrl,
    language,
    timeZone,
    urls: urlMaker(siteUrl, urlPattern),
    fields: fieldReader(options.fields),
    localeFolders,
    jekyll,
    bookFor: bookFinder(books),
  }
}
