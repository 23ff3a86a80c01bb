import { join } from 'node:path'
import { readTemplateFile, templateFolders } from '../config/read-template-file.ts'
import type { Problem } from '../errors.ts'
import type { Messages } from './messages.ts'
import { languageChain, type MessageFile, parseMessages } from './parse-messages.ts'

/** Where messages are looked for. */
export interface MessageSources {
  /** The user's own `templates/` folder; null when there is none. */
  readonly userDir: string | null
  readonly language: string
  /** File names in problems are relative to it. */
  readonly displayRoot: string
}

/**
 * Reads the messages of a language: `messages/<language>.yaml` of the user's folder before the shipped one, `fa-IR` before `fa` before `en`.
 * A missing file is no problem; a wrong key or parameter is a warning, and the next file's text is taken.
 */
export async function readMessages(sources: MessageSources): Promise<{ messages: Messages; problems: readonly Problem[] }> {
  const folders = templateFolders(sources.userDir)
  const wanted = languageChain(sources.language).flatMap(language => folders.map(folder => ({ folder, language })))
  const read = await Promise.all(wanted.map(each => readMessageFile(each.folder, each.language, sources.displayRoot)))
  return parseMessages(
    sources.language,
    read.filter(file => file !== null),
  )
}

async function readMessageFile(folder: string, language: string, displayRoot: string): Promise<MessageFile | null> {
  const read = await readTemplateFile(join(folder, 'messages', `${language}.yaml`), displayRoot)
  return read === null ? null : { ...read, language }
}
