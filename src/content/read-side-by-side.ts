/** Reads many files on two threads: parsing is all work and no waiting, so a second processor halves it and asynchronous calls would not. */

import { availableParallelism } from 'node:os'
import { setImmediate } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { type AnewRequest, rowMaker } from './read-anew.ts'
import type { ReadOptions } from './read-options.ts'

/** What the second thread is started with. Both threads take the next chunk of files by counting `next` up. */
export interface SecondReader {
  readonly request: AnewRequest
  readonly files: readonly string[]
  readonly next: Int32Array
}

/** One chunk's rows, as the second thread sends them. */
export interface ChunkRead {
  readonly chunk: number
  readonly rows: readonly (string | null)[]
}

// Files that a thread takes at a time: some milliseconds of work.
const chunkSize = 200
// Below this, starting a thread costs more than it saves.
const worthTwoThreads = 2000

/**
 * Reads files and gives `accept` the row of each, or null for a file that is gone, with its position among `files`; in no particular order. Rows are
 * accepted as they come, so that the thread that has more to do with them takes fewer chunks.
 */
export async function readSideBySide(
  files: readonly string[],
  request: AnewRequest,
  accept: (position: number, row: string | null) => void,
  onProgress: ReadOptions['onProgress'],
): Promise<void> {
  const next = new Int32Array(new SharedArrayBuffer(4))
  const count = Math.ceil(files.length / chunkSize)
  const accepted = new Set<number>()
  const acceptChunk = ({ chunk, rows }: ChunkRead) => {
    accepted.add(chunk)
    for (const [index, row] of rows.entries()) accept(chunk * chunkSize + index, row)
    onProgress?.(Math.min(files.length, accepted.size * chunkSize), files.length)
  }
  const isWorthIt = files.length >= worthTwoThreads && availableParallelism() > 1
  const second = isWorthIt ? startSecond({ request, files, next }, acceptChunk) : null
  const makeRow = await rowMaker(request)
  const read = (chunk: number) => acceptChunk({ chunk, rows: chunkOf(files, chunk).map(makeRow) })
  for (let chunk = Atomics.add(next, 0, 1); chunk < count; chunk = Atomics.add(next, 0, 1)) {
    read(chunk)
    await setImmediate()
  }
  await second
  // What the second thread took and never sent, should it have failed.
  for (let chunk = 0; chunk < count; chunk++) if (!accepted.has(chunk)) read(chunk)
}

/** The files of a chunk. */
export function chunkOf(files: readonly string[], chunk: number): readonly string[] {
  return files.slice(chunk * chunkSize, (chunk + 1) * chunkSize)
}

/** Starts the second thread; fulfilled when it has ended, for whatever reason. */
function startSecond(data: SecondReader, accept: (read: ChunkRead) => void): Promise<void> {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js'
  const worker = new Worker(new URL(`run-second-reader.${extension}`, import.meta.url), {
    workerData: data,
    resourceLimits: { maxYoungGenerationSizeMb: 8 },
  })
  worker.on('message', accept)
  return new Promise(resolve => {
    worker.once('error', () => resolve())
    worker.once('exit', () => resolve())
  })
}
