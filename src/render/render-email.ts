/** From an edition to an email: Handlebars fills MJML, MJML makes HTML, and the result is cut once at its merge fields. */

import type { Config } from '../config/config.ts'
import type { Edition } from '../edition/edition.ts'
import { throwProblems } from '../errors.ts'
import type { Messages } from '../locale/messages.ts'
import { compileMjml } from './compile-mjml.ts'
import { cutHtml, cutText, sentinelFor } from './cut-segments.ts'
import type { CheckOff, Email, EmailContent, Segment } from './email.ts'
import { type PreparedTemplate, prepareTemplate } from './fill-template.ts'
import { fitEmail } from './fit-email.ts'
import { hashEmail } from './hash-email.ts'
import type { TemplateSet } from './read-templates.ts'
import { shrinkHtml } from './shrink-html.ts'
import { tidyText } from './tidy-text.ts'
import { usualBytes } from './usual-values.ts'
import { makeView, shortenView } from './view.ts'
import type { View } from './view-shape.ts'

/** What an edition is rendered with. */
export interface RenderSettings {
  readonly config: Config
  readonly templates: TemplateSet
  readonly messages: Messages
  /** At least 16 random letters and digits, new for each rendering. Nothing of it is left in the email. */
  readonly nonce: string
}

/** An email and what rendering has to say of it. */
export interface RenderedEdition {
  readonly email: Email
  /** UTF-8 bytes of the HTML, merge fields counted as their usual values. */
  readonly bytes: number
  /** Slugs of the items that became links of one line, so that the email fits. */
  readonly shortened: readonly string[]
  /** The MJML that was compiled last: for `--debug` and for the benchmark. */
  readonly mjml: string
}

/**
 * Renders an edition.
 * @throws UserError with all problems of the templates: syntax, unknown fields, helpers, partials and merge fields, markup that MJML refuses
 */
export async function renderEmail(edition: Edition, settings: RenderSettings): Promise<RenderedEdition> {
  if (!/^[A-Za-z0-9]{16,}$/.test(settings.nonce)) throw new Error('The nonce is at least 16 letters and digits.')
  const templates = prepareTemplates(settings)
  const isTrial = edition.subjects !== null
  const view = await makeView(edition, { ...settings, variant: isTrial ? 'A' : null })
  const { rendered, full } = await fitEmail(edition.items.length, whole => renderHtml(templates.html, shortenView(view, whole), settings))
  const text = renderText(templates.text, shortenView(view, full), settings)
  const checksOff = [...rendered.checksOff, ...text.checksOff]
  const own = contentOf(view, rendered, text)
  const second = isTrial ? await renderSecond(edition, full, templates, settings) : null
  return {
    email: {
      ...makeEmail(edition, view, own, second),
      ...(checksOff.length > 0 ? { checksOff } : {}),
      ...(second === null ? {} : { variants: { B: { ...second, hashes: hashEmail(second) } }, split: edition.split ?? 1 }),
    },
    bytes: rendered.bytes,
    shortened: edition.items.slice(full).map(item => item.post.slug),
    mjml: rendered.mjml,
  }
}

/** Variant B has the items that A has room for, so that nothing but the subject tells them apart. */
async function renderSecond(edition: Edition, full: number, templates: PreparedTemplates, settings: RenderSettings): Promise<EmailContent> {
  const view = await makeView(edition, { ...settings, variant: 'B' })
  const shortened = shortenView(view, full)
  return contentOf(view, await renderHtml(templates.html, shortened, settings), renderText(templates.text, shortened, settings))
}

interface PreparedTemplates {
  readonly html: PreparedTemplate
  readonly text: PreparedTemplate
}

function prepareTemplates({ templates, messages, nonce }: RenderSettings): PreparedTemplates {
  const html = prepareTemplate({ template: templates.html, partials: templates.htmlPartials, output: 'html' }, { messages, nonce })
  const text = prepareTemplate({ template: templates.text, partials: templates.textPartials, output: 'text' }, { messages, nonce })
  throwProblems([...html.problems, ...text.problems])
  if (html.prepared === null || text.prepared === null) throw new Error('A template without problems was not prepared.')
  return { html: html.prepared, text: text.prepared }
}

interface RenderedHtml {
  readonly segments: readonly Segment[]
  readonly bytes: number
  readonly mjml: string
  readonly checksOff: readonly CheckOff[]
}

async function renderHtml(template: PreparedTemplate, view: View, { nonce }: RenderSettings): Promise<RenderedHtml> {
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
  return { segments, bytes: usualBytes(segments), mjml, checksOff }
}

function renderText(template: PreparedTemplate, view: View, { nonce }: RenderSettings): Pick<RenderedHtml, 'segments' | 'checksOff'> {
  const { text, merges, checksOff } = template.fill(view)
  return { segments: cutText(tidyText(text), nonce, merges), checksOff }
}

function contentOf(view: View, html: Pick<RenderedHtml, 'segments'>, text: Pick<RenderedHtml, 'segments'>): EmailContent {
  return { subject: [{ text: view.subject }], html: html.segments, text: text.segments }
}

function makeEmail(edition: Edition, view: View, own: EmailContent, second: EmailContent | null): Email {
  return {
    version: 1,
    edition: edition.id,
    language: edition.language,
    direction: edition.direction,
    date: edition.window.to,
    subject: own.subject,
    preheader: view.preheader,
    html: own.html,
    text: own.text,
    hashes: hashEmail(own, second === null ? [] : [second]),
  }
}
