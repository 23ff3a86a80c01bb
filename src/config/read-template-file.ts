import { readFile } from 'node:fs/promises'
import { displayPath } from './display-path.ts'
import { shippedTemplates } from './shipped-templates.ts'

/** The text of a file of the templates, its line ends as line feeds. `file` is its name as the user would name it. */
export interface TemplateSource {
  readonly file: string
  readonly source: string
}

/** The folders in which files of the templates lie, nearest first: the user's own, which need not exist (null when there is none), then the package's. */
export function templateFolders(userDir: string | null): readonly string[] {
  return userDir === null ? [shippedTemplates] : [userDir, shippedTemplates]
}

/** Reads a file of the templates; null where it is not there. */
export async function readTemplateFile(path: string, displayRoot: string): Promise<TemplateSource | null> {
  try {
    const source = await readFile(path, 'utf8')
    return { file: displayPath(path, displayRoot), source: source.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n') }
  } catch (error) {
    if (isMissing(error)) return null
    throw error
  }
}

/** Whether an error says that a file or folder is not there. */
export function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')
}
