/** From an edition to an email: Handlebars fills MJML, MJML makes HTML, and the result is cut once at its merge fields. */

import type { Config } from '../config/config.ts'
import type { Edition } from '../edition/edition.ts'
import type { Email, EmailContent, MergeFieldName } from './email.ts'
import { fitEmail } from './fit-email.ts'
import { hashEmail } from './hash-email.ts'
import { type PartsSettings, type PreparedParts, prepareParts, type RenderedPart, renderHtml, renderText } from './render-parts.ts'
import { editionTemplates } from './template-kind.ts'
import { usualBytes } from './usual-values.ts'
import { makeView, shortenView } from './view.ts'
import type { View } from './view-shape.ts'

/** What an edition is rendered with. */
export interface RenderSettings extends PartsSettings {
  readonly config: Config
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
  const { nonce } = settings
  const templates = prepareParts(settings, editionTemplates)
  const isTrial = edition.subjects !== null
  const view = await makeView(edition, { ...settings, variant: isTrial ? 'A' : null })
  const { rendered, full } = await fitEmail(edition.items.length, async whole => {
    const part = await renderHtml(templates.html, shortenView(view, whole), nonce)
    return { ...part, bytes: usualBytes(part.segments) }
  })
  const text = renderText(templates.text, shortenView(view, full), nonce)
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
async function renderSecond(
  edition: Edition,
  full: number,
  templates: PreparedParts<MergeFieldName>,
  settings: RenderSettings,
): Promise<EmailContent> {
  const view = await makeView(edition, { ...settings, variant: 'B' })
  const shortened = shortenView(view, full)
  const { nonce } = settings
  return contentOf(view, await renderHtml(templates.html, shortened, nonce), renderText(templates.text, shortened, nonce))
}

function contentOf(view: View, html: RenderedPart<MergeFieldName>, text: RenderedPart<MergeFieldName>): EmailContent {
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
