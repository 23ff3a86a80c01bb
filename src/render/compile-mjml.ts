/** MJML makes HTML that mail programs understand. */

import { checkMjml, type MarkupProblem } from './check-mjml.ts'
import { runMjml } from './run-mjml.ts'

/** The HTML, or everything that is wrong with the MJML. */
export type CompiledMjml =
  | { readonly kind: 'compiled'; readonly html: string }
  | { readonly kind: 'invalid'; readonly problems: readonly MarkupProblem[] }

/** Compiles finished MJML. Nothing is read from the disk but MJML itself: no `.mjmlconfig`, no includes; and no font is requested. */
export async function compileMjml(mjml: string): Promise<CompiledMjml> {
  const problems = checkMjml(mjml)
  if (problems.length > 0) return { kind: 'invalid', problems }
  try {
    return { kind: 'compiled', html: await runMjml(mjml) }
  } catch (error) {
    if (!(error instanceof Error)) throw error
    return { kind: 'invalid', problems: problemsOf(error, mjml) }
  }
}

function problemsOf(error: Error, mjml: string): readonly MarkupProblem[] {
  if (!('errors' in error) || !Array.isArray(error.errors)) {
    if (!/^(?:Malformed MJML|Parsing failed)/.test(error.message)) throw error
    return [
      {
        offset: 0,
        message: 'the template has no <mj-body> inside <mjml>',
        expected: '<mjml><mj-head>…</mj-head><mj-body>…</mj-body></mjml>',
        hint: 'Begin with a copy of weekly/email.mjml.hbs.',
      },
    ]
  }
  return error.errors.map((each: { line: number; message: string; tagName: string }) => ({
    offset: offsetOf(mjml, each.line, each.tagName),
    message: `MJML refuses <${each.tagName}>: ${each.message.replace(/\.$/, '')}`,
    expected: 'a component and attributes that MJML has',
    hint: `See https://documentation.mjml.io/#${each.tagName}.`,
  }))
}

function offsetOf(mjml: string, line: number, tagName: string): number {
  const lines = mjml.split('\n')
  const begin = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0)
  return begin + Math.max(0, (lines[line - 1] ?? '').indexOf(`<${tagName}`))
}
