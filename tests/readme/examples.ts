import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** A fenced example of a document. `heading` is the one it stands under. */
export interface Example {
  readonly document: string
  readonly line: number
  readonly heading: string
  readonly language: string
  readonly code: string
}

/** The root of the checkout. */
export const root = fileURLToPath(new URL('../..', import.meta.url))

/** Every fenced example of a document in these languages, in order. */
export function readExamples(document: string, languages: readonly string[]): readonly Example[] {
  const examples: Example[] = []
  let heading = ''
  let open: { line: number; language: string; code: string[] } | null = null
  for (const [index, text] of readFileSync(new URL(`../../${document}`, import.meta.url), 'utf8')
    .split('\n')
    .entries()) {
    const fence = /^```(\w*)$/.exec(text)
    if (open === null && fence === null) heading = /^#+ (.*)$/.exec(text)?.[1] ?? heading
    else if (open === null && fence !== null) open = { line: index + 1, language: fence[1] ?? '', code: [] }
    else if (open !== null && fence === null) open.code.push(text)
    else if (open !== null) {
      examples.push({ document, heading, line: open.line, language: open.language, code: `${open.code.join('\n')}\n` })
      open = null
    }
  }
  return examples.filter(example => languages.includes(example.language))
}

/** The commands of a shell example, one for each line. */
export function commandsOf(example: Example): readonly string[] {
  return example.code.split('\n').filter(line => line.trim() !== '' && !line.startsWith('#'))
}
