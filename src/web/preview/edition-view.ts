/** What the page is told of an edition. */

import { decodeWords, parseMessage } from '../../inspect/parse-message.ts'
import { weighEmail } from '../../inspect/weigh-email.ts'
import { composeMessage } from '../../message/compose-message.ts'
import { messageSettingsOf } from '../../message/message-settings.ts'
import { nameMergeFields } from '../../output/edition-files.ts'
import type { VariantName } from '../../render/email.ts'
import { joinSegments } from '../../render/join-email.ts'
import { inspectEdition } from '../../run-inspect.ts'
import type { EditionView, EmptyEdition, MessageHeader, PreviewProblem, SampleRecipient } from './api.ts'
import { findPlaces } from './mark-places.ts'
import { valuesOf } from './sample-recipients.ts'
import { toSelectionView } from './selection-view.ts'
import type { FinishedEdition, NothingToSend } from './shown-edition.ts'
import { showVariant } from './shown-variant.ts'

/** Whom an edition is shown to, at which revision, and what keeps a newer one from being shown. */
export interface ViewContext {
  readonly recipient: SampleRecipient
  /** `B` for the second subject, where two are tried. */
  readonly variant: string | null
  readonly revision: number
  readonly errors: readonly PreviewProblem[]
}

/** All of an edition: inspected, weighed, composed. Throws UserError where the configuration keeps a message or the checks from being made. */
export async function viewEdition(shown: FinishedEdition, context: ViewContext): Promise<EditionView> {
  const { recipient, revision, errors } = context
  const { config, edition, service, templates } = shown
  const { email, variant } = showVariant(shown.email, context.variant)
  const values = valuesOf(recipient, config)
  const eml = composeMessage(email, { name: recipient.name || null, address: recipient.email, values }, messageSettingsOf(config, email))
  const findings = await inspectEdition({
    config,
    edition,
    email: variant === 'A' ? shown.email : email,
    eml,
    service,
    ...(templates === null ? {} : { templates }),
  })
  const html = nameMergeFields(email.html)
  return {
    kind: 'edition',
    key: shown.key,
    revision,
    errors,
    warnings: shown.warnings,
    edition,
    subject: joinSegments(email.subject, values),
    trial: variant === null ? null : { variant, subjects: [subjectOf('A'), subjectOf('B')] },
    preheader: email.preheader,
    bytes: shown.bytes,
    shortened: shown.shortened,
    findings,
    places: findPlaces(findings, html),
    weight: await weighEmail(email, edition),
    selection: shown.selection === null ? null : toSelectionView(shown.selection),
    html,
    text: nameMergeFields(email.text),
    message: { headers: headersOf(eml), source: Buffer.from(eml).toString('utf8') },
  }

  function subjectOf(name: VariantName): string {
    return joinSegments(showVariant(shown.email, name).email.subject, values)
  }
}

/** A window with nothing to send. */
export function viewNothing(
  { key, selection, newest, warnings }: NothingToSend,
  { revision, errors }: Omit<ViewContext, 'recipient' | 'variant'>,
): EmptyEdition {
  const { firstDay, lastDay } = selection.window
  const view = { firstDay, lastDay, selection: toSelectionView(selection), newest: newest?.id ?? null }
  return { kind: 'nothing-to-send', key, revision, errors, warnings, ...view }
}

function headersOf(eml: Uint8Array): readonly MessageHeader[] {
  return parseMessage(eml).headers.map(({ raw, value }) => ({ name: raw.slice(0, raw.indexOf(':')), value: decodeWords(value) ?? value }))
}
