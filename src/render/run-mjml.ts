import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import type mjml2html from 'mjml'

const require = createRequire(import.meta.url)
let loaded: typeof mjml2html | null = null

/**
 * Runs MJML over a finished source and gives its HTML, not yet shrunk. Loads MJML on first use: half a second. Rejects with MJML's own error, whose
 * `errors` name lines, where the source is not valid. Includes are ignored, and no font is requested.
 */
export async function runMjml(source: string): Promise<string> {
  loaded ??= load()
  const { html } = await loaded(source, { validationLevel: 'strict', keepComments: false, fonts: {}, ignoreIncludes: true })
  return html
}

// While mjml-core loads it reads `.mjmlconfig` in the working directory and runs the packages named there, and no option keeps it from that
// (mjml-core/lib/index.js, last lines). So for the time of this one synchronous call the working directory is mjml's own folder, which holds none.
function load(): typeof mjml2html {
  const folder = dirname(require.resolve('mjml'))
  const cwd = process.cwd.bind(process)
  process.cwd = () => folder
  try {
    return require('mjml') as typeof mjml2html
  } finally {
    process.cwd = cwd
  }
}
