/** HTML and text of one email out of its two templates, cut at the merge fields. */

import { throwProblems } from '../errors.ts'
import type { Messages } from '../locale/messages.ts'
import { compileMjml } from './compile-mjml.ts'
import { cutHtml, cutText, sentinelFor } from './cut-segments.ts'
import type { CheckOff, Segment } from './email.ts'
import { type PreparedTemplate, prepareTemplate } from './fill-template.ts'
import type { TemplateSet } from './read-templates.ts'
import { shrinkHtml } from './shrink-html.ts'
import type { TemplateKind } from './template-kind.ts'
import { tidyText } from './tidy-text.ts'
import type { View } from './view-shape.ts'

/** What parts are made with besides a view. */
export interface PartsSettings {
  readonly templates: TemplateSet
  readonly messages: Messages
  /** At least 16 random letters and digits, new for each rendering. Nothing of it is left in the parts. */
  readonly nonce: string
}

/** Both templates, checked, to be filled any number of times. */
export interface PreparedParts<Field extends string> {
  readonly html: PreparedTemplate<Field>
  readonly text: PreparedTemplate<Field>
}

/** One part, and what its template switched off. */
export interface RenderedPart<Field extends string> {
  readonly segments: readonly Segment<Field>[]
  readonly checksOff: readonly CheckOff[]
}

/**
 * Checks both templates and makes them ready.
 * @throws UserError with all problems of both
 */
export function prepareParts<Field extends string>(
  { templates, messages, nonce }: PartsSettings,
  kind: TemplateKind<Field>,
): PreparedParts<Field> {
  if (!/^[A-Za-z0-9]{16,}$/.test(nonce)) throw new Error('The nonce is at least 16 letters and digits.')
  const settings = { messages, nonce }
  const html = prepareTemplate({ template: templates.html, partials: templates.htmlPartials, output: 'html' }, kind, settings)
  const text = prepareTemplate({ template: templates.text, partials: templates.textPartials, output: 'text' }, kind, settings)
  throwProblems([...html.problems, ...text.problems])
  if (html.prepared === null || text.prepared === null) throw new Error('A template without problems was not prepared.')
  return { html: html.prepared, text: text.prepared }
}

/**
 * The HTML part, and the MJML that it was compiled from.
 * @throws UserError where MJML refuses what the template makes, or a merge field stands where no value can be escaped
 */
export async function renderHtml<Field extends string>(
  template: PreparedTemplate<Field>,
  view: View,
  nonce: string,
): Promise<RenderedPart<Field> & { readonly mjml: string }> {
  const { text: mjml, merges, checksOff } = template.fill(view)
  const compiled = await compileMjml(mjml)
  if (compiled.kind === 'invalid') {
    throwProblems(
      compiled.problems.map(({ offset, ...problem }) => ({
        code: 'template-mjml-invalid',
        ...problem,
        place: template.locate(view, offset),
      })),
    )
    throw new Error('MJML was refused without a problem.')
  }
  const { segments, misplaced } = cutHtml(shrinkHtml(compiled.html), nonce, merges)
  throwProblems(
    misplaced.map(({ index, name, where }) => ({
      code: 'template-syntax',
      message: `the merge field "${name}" stands ${where}`,
      place: template.locate(view, mjml.indexOf(sentinelFor(nonce, index))),
      expected: 'a merge field in text, in a quoted attribute, or as the whole of an address',
      hint: 'Move {{merge …}} out of there.',
    })),
  )
  return { segments, mjml, checksOff }
}

/** The text part. */
export function renderText<Field extends string>(template: PreparedTemplate<Field>, view: View, nonce: string): RenderedPart<Field> {
  const { text, merges, checksOff } = template.fill(view)
  return { segments: cutText(tidyText(text), nonce, merges), checksOff }
}
