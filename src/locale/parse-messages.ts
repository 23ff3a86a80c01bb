/** From message files to messages: what a file may hold, and which file gives a key its text. */

import { load, YAMLException } from 'js-yaml'
import * as z from 'zod'
import { nearestName } from '../config/nearest-name.ts'
import type { TemplateSource } from '../config/read-template-file.ts'
import { placeOfYamlError } from '../config/yaml-place.ts'
import type { Problem } from '../errors.ts'
import { type Message, type MessageKey, type Messages, type MessageText, messageParameters } from './messages.ts'

/** One message file as it was read. */
export interface MessageFile extends TemplateSource {
  readonly language: string
}

const textSchema: z.ZodType<MessageText> = z.union([
  z.string().trim().min(1),
  z.strictObject({
    zero: z.string().optional(),
    one: z.string().optional(),
    two: z.string().optional(),
    few: z.string().optional(),
    many: z.string().optional(),
    other: z.string(),
  }) as z.ZodType<Exclude<MessageText, string>>,
])

const messageKeys = Object.keys(messageParameters) as MessageKey[]

/** The languages to ask for a text, nearest first: `fa-IR`, `fa`, `en`. */
export function languageChain(language: string): readonly string[] {
  const parts = language.split('-')
  // A tag becomes a file name, so it holds nothing but what BCP 47 allows.
  if (!parts.every(part => /^[A-Za-z0-9]+$/.test(part))) return ['en']
  const chain = parts.map((_, index) => parts.slice(0, parts.length - index).join('-'))
  return chain.includes('en') ? chain : [...chain, 'en']
}

/**
 * Messages in `language`. For each key the first of `files` that has it gives the text, so they come nearest first. Never fails: what is wrong in a
 * file is a problem (a warning) and falls back to the next file.
 */
export function parseMessages(language: string, files: readonly MessageFile[]): { messages: Messages; problems: readonly Problem[] } {
  const problems: Problem[] = []
  const texts = new Map<MessageKey, Message>()
  for (const file of files) {
    for (const [key, text] of entriesOf(file, problems)) {
      if (!texts.has(key)) texts.set(key, { language: file.language, text })
    }
  }
  const missing = messageKeys.filter(key => !texts.has(key))
  if (missing.length > 0) throw new Error(`templates/messages/en.yaml of the package lacks: ${missing.join(', ')}`)
  return { messages: { language, texts: Object.fromEntries(texts) as Record<MessageKey, Message> }, problems }
}

function entriesOf(file: MessageFile, problems: Problem[]): [MessageKey, MessageText][] {
  const data = parseYaml(file, problems)
  if (data === null) return []
  return Object.entries(data).flatMap(([key, value]): [MessageKey, MessageText][] => {
    if (!isMessageKey(key)) {
      problems.push(unknownKey(file, key))
      return []
    }
    const text = textSchema.safeParse(value)
    if (!text.success) {
      problems.push({
        ...warning(file, key, `the message "${key}" is neither a text nor a map of plural forms with "other"`),
        expected: 'a text, or a map of zero, one, two, few, many and other (other is required)',
        got: JSON.stringify(value)?.slice(0, 80) ?? String(value),
      })
      return []
    }
    const unknown = unknownParameter(key, text.data)
    if (unknown !== null) {
      const known = messageParameters[key].map(name => `{${name}}`).join(', ') || 'no parameters'
      problems.push({ ...warning(file, key, `the message "${key}" has no parameter {${unknown}}`), expected: known, got: `{${unknown}}` })
      return []
    }
    return [[key, text.data]]
  })
}

function parseYaml(file: MessageFile, problems: Problem[]): object | null {
  try {
    const data: unknown = load(file.source, { filename: file.file })
    if (data === null || data === undefined) return null
    if (typeof data === 'object' && !Array.isArray(data)) return data
    problems.push(warning(file, null, 'a message file is a map of keys to texts'))
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error
    problems.push({ ...warning(file, null, `the message file is not YAML: ${error.reason}`), place: placeOfYamlError(error, file.file) })
  }
  return null
}

function unknownKey(file: MessageFile, key: string): Problem {
  const near = nearestName(key, messageKeys)
  return {
    ...warning(file, key, `there is no message "${key}"`),
    expected: `one of ${messageKeys.join(', ')}`,
    got: key.slice(0, 80),
    hint: near === null ? 'Remove the line.' : `Write "${near}".`,
  }
}

function unknownParameter(key: MessageKey, text: MessageText): string | null {
  const known: readonly string[] = messageParameters[key]
  const forms = typeof text === 'string' ? [text] : Object.values(text)
  const used = forms.flatMap(form => [...form.matchAll(/\{(\w+)\}/g)].map(match => match[1] ?? ''))
  return used.find(name => !known.includes(name)) ?? null
}

function isMessageKey(key: string): key is MessageKey {
  return Object.hasOwn(messageParameters, key)
}

function warning(file: MessageFile, key: string | null, message: string): Problem {
  return {
    code: 'messages-invalid',
    severity: 'warning',
    message,
    place: { file: file.file, ...(key === null ? {} : { line: lineOf(file.source, key) }) },
    hint: 'Until it is mended, the text of the next language in the chain stands in its place.',
  }
}

// Keys are top-level: a key stands at the beginning of its line, quoted or not.
function lineOf(source: string, key: string): number {
  const index = source.split(/\r?\n/).findIndex(line => line.replace(/^["']/, '').startsWith(key))
  return index < 0 ? 1 : index + 1
}
