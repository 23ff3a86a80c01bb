/** The mail that asks whoever signed up whether it was them, in the design of the editions. */

import type { Config } from '../config/config.ts'
import { cleanLine } from '../content/clean-text.ts'
import { type Problem, throwProblems } from '../errors.ts'
import { directionOf } from '../locale/direction.ts'
import { translate } from '../locale/messages.ts'
import { sentinelFor } from './cut-segments.ts'
import type { Segment } from './email.ts'
import type { PreparedTemplate } from './fill-template.ts'
import { type PartsSettings, prepareParts, renderHtml, renderText } from './render-parts.ts'
import { type ConfirmView, confirmTemplate } from './template-kind.ts'
import { makeFrame } from './view-frame.ts'

/** What the mail is made with. `messages` decide about its language; `templates` come from `readConfirmTemplates`. */
export interface ConfirmationRequest extends PartsSettings {
  readonly config: Config
  /** How long the link works. */
  readonly hours: number
}

/**
 * The mail of one language, the same for everybody but for one value: `confirmUrl`, the address of the page that confirms. `joinSegments` puts it in. It knows
 * nothing else of whoever signed up, since the address may be somebody else's.
 */
export interface Confirmation {
  readonly language: string
  readonly subject: string
  readonly html: readonly Segment<'confirmUrl'>[]
  readonly text: readonly Segment<'confirmUrl'>[]
}

/**
 * Renders the mail once for all who sign up in a language.
 * @throws UserError with all problems of the templates, as `renderEmail` does; also where a part lacks the link or holds a merge field of editions
 */
export async function renderConfirmation(request: ConfirmationRequest): Promise<Confirmation> {
  const { nonce } = request
  const templates = prepareParts(request, confirmTemplate)
  const view = makeConfirmView(request)
  throwProblems([...misfitsIn(templates.html, view, nonce), ...misfitsIn(templates.text, view, nonce)])
  const html = await renderHtml(templates.html, view, nonce)
  const text = renderText(templates.text, view, nonce)
  return { language: view.language, subject: view.subject, html: html.segments.filter(isOwn), text: text.segments.filter(isOwn) }
}

function makeConfirmView({ config, messages, hours }: ConfirmationRequest): ConfirmView {
  const frame = makeFrame(config, { language: messages.language, direction: directionOf(messages.language) })
  return {
    ...frame,
    subject: cleanLine(translate(messages, 'confirmMailSubject', { publication: frame.publication.name })),
    preheader: cleanLine(translate(messages, 'confirmMailPreheader', {})),
    hours,
    edition: null,
    intro: null,
    introText: null,
    sponsor: null,
    opening: null,
    items: [],
    links: [],
    all: [],
    hasContents: false,
  }
}

type Field = (typeof confirmTemplate.mergeFields)[number]

/** Merge fields of editions, which would stay empty: a partial may name them where there is an edition. And no link at all. */
function misfitsIn(template: PreparedTemplate<Field>, view: ConfirmView, nonce: string): readonly Problem[] {
  const { text, merges } = template.fill(view)
  const strange = merges.flatMap(({ name }, index): Problem[] => {
    if (name === 'confirmUrl') return []
    return [
      {
        code: 'merge-field-unknown',
        severity: 'error',
        message: `the mail that confirms a sign-up has no "${name}": whoever signed up is not on the list yet`,
        place: template.locate(view, text.indexOf(sentinelFor(nonce, index))),
        expected: '{{merge "confirmUrl"}}',
        got: name,
        hint: `Where a partial is for editions, too, write {{#if edition}}{{merge "${name}"}}{{/if}}.`,
      },
    ]
  })
  if (merges.some(({ name }) => name === 'confirmUrl')) return strange
  const lacking: Problem = {
    code: 'template-syntax',
    severity: 'error',
    message: 'nothing in it leads to the page that confirms',
    place: { file: template.locate(view, 0).file },
    expected: '{{merge "confirmUrl"}}',
    hint: 'Write {{merge "confirmUrl"}} where the link belongs, in the HTML and in the text part.',
  }
  return [...strange, lacking]
}

function isOwn(segment: Segment<Field>): segment is Segment<'confirmUrl'> {
  return 'text' in segment || segment.merge === 'confirmUrl'
}
