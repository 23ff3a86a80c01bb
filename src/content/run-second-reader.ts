/** The second thread of `readSideBySide`. */

import { parentPort, workerData } from 'node:worker_threads'
import { rowMaker } from './read-anew.ts'
import { type ChunkRead, chunkOf, type SecondReader } from './read-side-by-side.ts'

const { request, files, next }: SecondReader = workerData
const makeRow = await rowMaker(request)
for (let chunk = Atomics.add(next, 0, 1); ; chunk = Atomics.add(next, 0, 1)) {
  const own = chunkOf(files, chunk)
  if (own.length === 0) break
  parentPort?.postMessage({ chunk, rows: own.map(makeRow) } satisfies ChunkRead)
}
