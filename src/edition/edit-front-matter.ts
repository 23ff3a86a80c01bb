import { type Document, isMap, parseDocument, YAMLMap } from 'yaml'
import { splitFrontMatter } from '../content/split-front-matter.ts'
import { UserError } from '../errors.ts'

/** The YAML of a front matter with its comments, and the map at its top. */
export interface OpenFrontMatter {
  readonly document: Document
  readonly map: YAMLMap
}

/**
 * Changes the YAML front matter of a text and leaves the rest as the editor wrote it: other keys, their order, comments, line ends, and the body to
 * the byte. A text without front matter gets one. `file` names it in messages. Throws UserError `edition-file-invalid` where the YAML cannot be read.
 */
export function editFrontMatter(text: string, file: string, change: (open: OpenFrontMatter) => void): string {
  const split = splitFrontMatter(text, true)
  const [raw, body] = split.kind === 'found' ? [split.raw, text.slice(split.body)] : ['', text.replace(/^\uFEFF/, '')]
  const document: Document = parseDocument(raw, { logLevel: 'silent' })
  const isYaml = split.kind === 'none' || (split.kind === 'found' && split.format === 'yaml')
  if (!isYaml || document.errors.length > 0 || (document.contents !== null && !isMap(document.contents))) throw unreadable(file)
  const map: YAMLMap = isMap(document.contents) ? document.contents : new YAMLMap()
  document.contents = map
  change({ document, map })

  // Folding would break lines that the editor kept whole; lists stay as far to the right as they were.
  const yaml = document.toString({ lineWidth: 0, indentSeq: !/^\w+:[^\n]*\n(?:#[^\n]*\n)*- /m.test(raw.replaceAll('\r', '')) })
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n'
  const head = `---\n${yaml.trimEnd()}\n---\n`.replaceAll('\n', lineEnd)
  return split.kind === 'found' || body === '' ? head + body : head + lineEnd + body
}

/** Sets a key; one that is new goes after `after`, or to the end where that is missing, too. */
export function setKey({ document, map }: OpenFrontMatter, key: string, value: unknown, after: string): void {
  if (map.has(key)) {
    map.set(key, typeof value === 'object' ? document.createNode(value) : value)
    return
  }
  const place = map.items.findIndex(pair => String(pair.key) === after)
  map.items.splice(place === -1 ? map.items.length : place + 1, 0, document.createPair(key, value))
}

function unreadable(file: string): UserError {
  return new UserError({
    code: 'edition-file-invalid',
    message: 'the front matter of this edition file cannot be read, so nothing was written to it',
    place: { file, line: 1 },
    hint: 'Run "news-digest plan" to see what is wrong with it.',
  })
}
