/** One content file from disk to an outcome. */

import { join } from 'node:path'
import { displayPath } from '../config/display-path.ts'
import type { AuthorBook } from './author-names.ts'
import { type Fault, problemIn } from './content-problem.ts'
import { isPlainlyHidden } from './hidden-reason.ts'
import type { FrontMatterParser } from './parse-front-matter.ts'
import { readSource, type Source } from './read-source.ts'
import { salvageDay } from './salvage-day.ts'
import { type Outcome, type PostContext, toPost } from './to-post.ts'

/** What reading any file of a content folder needs. */
export interface ReadContext extends PostContext {
  readonly dir: string
  readonly displayRoot: string
  readonly bookFor: (folder: string) => AuthorBook
}

/** What a file said, and the bytes that it was said by (valid until the next file is read). */
export interface FileReading {
  readonly outcome: Outcome
  /** Null where the file could not be read at all: nothing to index then. */
  readonly source: Source | null
}

/** Reads one file, relative to the content folder; null when it is gone. */
export function readFilePost(file: string, context: ReadContext, parse: FrontMatterParser): FileReading | null {
  const path = `${context.dir}/${file}`
  const reading = readSource(path)
  if (reading === null) return null
  if (reading.kind === 'refused') return { outcome: broken(file, reading.head, reading.fault, context), source: null }
  let { source } = reading
  const { split, text } = source
  const head = text.slice(0, salvagedHead)
  if (split.kind === 'refused') return { outcome: broken(file, head, split.fault, context), source }
  if (split.kind === 'unfinished') return null

  const parsed = split.kind === 'found' ? parse(split.raw, split.format, split.line) : null
  if (parsed?.kind === 'refused') return { outcome: broken(file, split.kind === 'found' ? split.raw : head, parsed.fault, context), source }
  const body = () => {
    if (source.complete) return text.slice(split.body)
    const all = readSource(path, true)
    if (all === null || all.kind === 'refused') return text.slice(split.body)
    // The record now depends on the whole file; the first state is kept, so that a change in between is noticed.
    source = { ...all.source, key: source.key }
    return all.source.text.slice(split.body)
  }
  const outcome = toPost(
    {
      file,
      shownAs: () => displayPath(path, context.displayRoot),
      data: parsed?.data ?? {},
      source: split.kind === 'found' ? split : null,
      authors: context.bookFor(file.slice(0, Math.max(0, file.lastIndexOf('/')))),
      body,
    },
    context,
  )
  return { outcome, source }
}

const salvagedHead = 16 * 1024

function broken(file: string, raw: string, fault: Fault, context: ReadContext): Outcome {
  const shownAs = displayPath(join(context.dir, file), context.displayRoot)
  if (isPlainlyHidden(file, raw)) return { kind: 'passed-over', warnings: [problemIn(shownAs, { ...fault, severity: 'warning' })] }
  const problem = problemIn(shownAs, fault)
  return { kind: 'broken', broken: { file, day: salvageDay(raw, file, context.timeZone), problems: [problem] } }
}
