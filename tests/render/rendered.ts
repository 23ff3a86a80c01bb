/** Renders editions of the fixture with the shipped templates, for tests that look at the finished email. */

import type { Edition } from '../../src/edition/edition.ts'
import { readMessages } from '../../src/locale/read-messages.ts'
import type { MergeValues, Segment } from '../../src/render/email.ts'
import { joinSegments } from '../../src/render/join-email.ts'
import { readTemplates } from '../../src/render/read-templates.ts'
import { type RenderedEdition, renderEmail } from '../../src/render/render-email.ts'
import { configOf } from './edition-fixture.ts'

/** A nonce as a build makes it. */
export const testNonce = 'q7w3e9r1t5y2u8i4'

/** The values of an invented recipient. */
export const recipient: Required<MergeValues> = {
  name: 'Robin',
  email: 'robin@reader.example',
  unsubscribeUrl: 'https://letter.example/unsubscribe/abc',
  preferencesUrl: 'https://letter.example/preferences/abc',
  viewUrl: 'https://letter.example/2026-w06',
}

/** What differs from the plain case. */
export interface RenderChanges {
  readonly config?: Record<string, unknown>
  readonly userDir?: string
  readonly nonce?: string
}

/** An edition rendered with the shipped templates, or with those of `userDir` over them. */
export async function renderFixture(edition: Edition, changes: RenderChanges = {}): Promise<RenderedEdition> {
  const places = { userDir: changes.userDir ?? null, displayRoot: changes.userDir ?? '/srv/tidewater' }
  const { messages } = await readMessages({ ...places, language: edition.language })
  const templates = await readTemplates({ ...places, template: edition.template })
  return renderEmail(edition, { config: configOf(changes.config), templates, messages, nonce: changes.nonce ?? testNonce })
}

/** The parts of an edition as the invented recipient gets them. */
export async function partsOf(edition: Edition, changes: RenderChanges = {}) {
  const { email } = await renderFixture(edition, changes)
  const join = (segments: readonly Segment[]) => joinSegments(segments, recipient)
  return { subject: join(email.subject), html: join(email.html), text: join(email.text), email }
}
