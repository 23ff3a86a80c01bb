import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import type mjml2html from 'mjml'

const require = createRequire(import.meta.url)

/**
 * MJML, loaded on first use: half a second. While mjml-core loads it reads `.mjmlconfig` in the working directory and runs the packages named there, and
 * no option keeps it from that (mjml-core/lib/index.js, last lines). So for the time of the one synchronous call the working directory is
 * mjml's own folder, which holds no such file.
 */
export function loadMjml(): typeof mjml2html {
  const folder = dirname(require.resolve('mjml'))
  const cwd = process.cwd.bind(process)
  process.cwd = () => folder
  try {
    return require('mjml') as typeof mjml2html
  } finally {
    process.cwd = cwd
  }
}
