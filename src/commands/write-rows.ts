import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import type { Writable } from 'node:stream'
import { finished } from 'node:stream/promises'
import { outputError } from '../output/output-error.ts'

/** Takes texts one after another; resolves when it is ready for the next. */
export type WriteText = (text: string) => Promise<void>

/** Lets `work` write to standard output, never faster than it is read. */
export async function writeToOutput(work: (write: WriteText) => Promise<void>): Promise<void> {
  await work(writerOf(process.stdout))
}

/**
 * Lets `work` write a file, which only its owner may read: such files hold addresses. Until it is complete the file keeps what it had.
 * @throws UserError `output-unwritable`
 */
export async function writeToFile(file: string, work: (write: WriteText) => Promise<void>): Promise<void> {
  const partial = `${file}.partial`
  const stream = createWriteStream(partial, { mode: 0o600 })
  // Waited for from the beginning: a stream may fail before the first text comes.
  const end = finished(stream)
  end.catch(() => undefined)
  try {
    await work(writerOf(stream))
    stream.end()
    await end
    await rename(partial, file)
  } catch (error) {
    stream.destroy()
    await rm(partial, { force: true })
    throw outputError(error, file)
  }
}

function writerOf(stream: Writable): WriteText {
  return text => new Promise((resolve, reject) => stream.write(text, error => (error ? reject(error) : resolve())))
}
