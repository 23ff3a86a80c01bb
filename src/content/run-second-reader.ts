/** The second thread of `readSideBySide`. */

import { parentPort, workerData } from 'node:worker_threads'
import { rowMaker } from './read-anew.ts'
import { type ChunkRead, chunkSize, type SecondReader } from './read-side-by-side.ts'

const { request, files, next }: SecondReader = workerData
const makeRow = await rowMaker(request)
for (let chunk = Atomics.add(next, 0, 1); chunk * chunkSize < files.length; chunk = Atomics.add(next, 0, 1)) {
  const rows = files.slice(chunk * chunkSize, (chunk + 1) * chunkSize).map(makeRow)
  parentPort?.postMessage({ chunk, rows } satisfies ChunkRead)
}
