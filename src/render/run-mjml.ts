import type mjml2html from 'mjml'
import { readMjml } from './read-mjml.ts'

let loaded: typeof mjml2html | null = null

/**
 * Runs MJML over a finished source and gives its HTML, not yet shrunk. Loads MJML on first use. Rejects with MJML's own error, whose `errors` name
 * lines, where the source is not valid. Includes are ignored, and no font is requested.
 */
export async function runMjml(source: string): Promise<string> {
  loaded ??= readMjml()
  const { html } = await loaded(source, { validationLevel: 'strict', keepComments: false, fonts: {}, ignoreIncludes: true })
  return html
}
