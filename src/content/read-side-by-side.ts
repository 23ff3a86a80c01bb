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

/** Files that a thread takes at a time: some milliseconds of work. */
export const chunkSize = 200
// Below this, starting a thread costs more than it saves.
const worthTwoThreads = 2000

/** Reads files into rows, in their order; null for a file that is gone. */
export async function readSideBySide(
  files: readonly string[],
  request: AnewRequest,
  onProgress: ReadOptions['onProgress'],
): Promise<(string | null)[]> {
  const chunks: (readonly (string | null)[])[] = []
  const next = new Int32Array(new SharedArrayBuffer(4))
  const second = files.length >= worthTwoThreads && availableParallelism() > 1 ? startSecond({ request, files, next }, chunks) : null
  const makeRow = await rowMaker(request)
  const count = Math.ceil(files.length / chunkSize)
  const read = (chunk: number) => {
    chunks[chunk] = files.slice(chunk * chunkSize, (chunk + 1) * chunkSize).map(makeRow)
  }
  for (let chunk = Atomics.add(next, 0, 1); chunk < count; chunk = Atomics.add(next, 0, 1)) {
    read(chunk)
    onProgress?.(Math.min(files.length, Atomics.load(next, 0) * chunkSize), files.length)
    await setImmediate()
  }
  await second
  // What the second thread took and never sent, should it have failed.
  for (let chunk = 0; chunk < count; chunk++) if (chunks[chunk] === undefined) read(chunk)
  onProgress?.(files.length, files.length)
  return chunks.flat()
}

/** Starts the second thread; fulfilled when it has ended, for whatever reason. */
function startSecond(data: SecondReader, chunks: (readonly (string | null)[])[]): Promise<void> {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js'
  const worker = new Worker(new URL(`run-second-reader.${extension}`, import.meta.url), {
    workerData: data,
    resourceLimits: { maxYoungGenerationSizeMb: 8 },
  })
  worker.on('message', ({ chunk, rows }: ChunkRead) => {
    chunks[chunk] = rows
  })
  return new Promise(resolve => {
    worker.once('error', () => resolve())
    worker.once('exit', () => resolve())
  })
}
