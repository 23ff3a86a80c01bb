import { createInterface } from 'node:readline/promises'
import type { Ask } from './ask-answers.ts'

/** Where questions are put, until it is closed. */
export interface Prompt {
  readonly ask: Ask
  readonly close: () => void
}

/** A prompt on the terminal. Ctrl-C and Ctrl-D answer null to this question and all after it. */
export function openPrompt(input: NodeJS.ReadableStream = process.stdin, output: NodeJS.WritableStream = process.stdout): Prompt {
  const prompt = createInterface({ input, output })
  const closed = new Promise<null>(resolve => void prompt.once('close', () => resolve(null)))
  return {
    ask: question => Promise.race([closed, prompt.question(question).catch(nullWhenStopped)]),
    close: () => prompt.close(),
  }
}

/** Asks on the terminal for a yes; everything else is a no. Null where whoever was asked pressed Ctrl-C or Ctrl-D, and where `stop` is aborted meanwhile. */
export async function askForYes(question: string, stop?: AbortSignal): Promise<boolean | null> {
  const prompt = openPrompt()
  const close = () => prompt.close()
  stop?.addEventListener('abort', close)
  try {
    const answer = await prompt.ask(question)
    return answer === null ? null : /^\s*y(es)?\s*$/i.test(answer)
  } finally {
    stop?.removeEventListener('abort', close)
    prompt.close()
  }
}

function nullWhenStopped(error: unknown): null {
  const isStopped = error instanceof Error && (error.name === 'AbortError' || Reflect.get(error, 'code') === 'ERR_USE_AFTER_CLOSE')
  if (isStopped) return null
  throw error
}
