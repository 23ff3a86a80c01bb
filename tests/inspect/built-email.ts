/** A built edition that no check complains of, and the ways to break it. */

import type { InspectContext } from '../../src/inspect/finding.ts'
import { inspectEmail } from '../../src/inspect/inspect-email.ts'
import type { PictureFacts } from '../../src/inspect/picture-facts.ts'
import { composeMessage } from '../../src/message/compose-message.ts'
import type { Email, Segment } from '../../src/render/email.ts'
import { editionOf, itemOf } from '../render/edition-fixture.ts'
import { recipient, renderFixture } from '../render/rendered.ts'

const publicUrl = 'https://letter.example'
const sender = { email: 'letter@tidewater.example', address: 'Tidewater Press\nPier 4\n8000-076 Faro\nPortugal' }

/** The picture of the first item. */
export const pictureAddress = 'https://tidewater.example/pictures/salt-clock.png'
const goodPicture: PictureFacts = { bytes: 90_000, format: 'png', width: 1104, height: 620 }

/** A built email with everything that its checks know. */
export interface Built {
  readonly email: Email
  readonly context: InspectContext
}

const edition = editionOf({
  subject: 'How the salt clock keeps time',
  intro: 'Spring tides this week. The [tide tables](https://tidewater.example/tables) are printed again.',
  items: [itemOf(), itemOf({ slug: 'rope', title: 'Ropes that remember', image: null, category: null })],
})

const rendered = await renderFixture(edition, { config: { sender, links: { publicUrl } } })

/** An edition of two posts, rendered with `weekly`. */
export const goodEmail: Built = {
  email: rendered.email,
  context: {
    purpose: 'build',
    edition,
    sender,
    publicUrl,
    eml: composed(rendered.email),
    pictures: new Map([[pictureAddress, goodPicture]]),
  },
}

/** The same with changed fields of the email; the message is composed of them anew. */
export function withEmail(built: Built, changes: Partial<Email>): Built {
  const email = { ...built.email, ...changes }
  return { email, context: { ...built.context, eml: composed(email) } }
}

/** The same with changed knowledge. */
export function withContext(built: Built, changes: Partial<InspectContext>): Built {
  return { ...built, context: { ...built.context, ...changes } }
}

/** The same with one piece of the HTML replaced where it first stands. Throws where it does not: a test that breaks nothing would pass for ever. */
export function withHtml(built: Built, from: string | RegExp, to: string): Built {
  return withEmail(built, { html: replaceIn(built.email.html, from, to) })
}

/** The same with one piece of the text part replaced. */
export function withText(built: Built, from: string | RegExp, to: string): Built {
  return withEmail(built, { text: replaceIn(built.email.text, from, to) })
}

/** The same with one piece of the message's bytes replaced. */
export function withMessage(built: Built, from: string | RegExp, to: string): Built {
  const before = Buffer.from(built.context.eml ?? []).toString('latin1')
  const after = before.replace(from, to)
  if (after === before) throw new Error(`${from} does not stand in the message`)
  return withContext(built, { eml: Buffer.from(after, 'latin1') })
}

/** `rule severity` of each finding, each once. */
export async function told({ email, context }: Built): Promise<string[]> {
  const findings = await inspectEmail(email, context)
  return [...new Set(findings.map(({ rule, severity }) => `${rule} ${severity}`))]
}

function replaceIn(segments: readonly Segment[], from: string | RegExp, to: string): readonly Segment[] {
  const matches = (text: string) => (typeof from === 'string' ? text.includes(from) : text.search(from) >= 0)
  const index = segments.findIndex(segment => 'text' in segment && matches(segment.text))
  if (index < 0) throw new Error(`${from} does not stand in the email`)
  return segments.map((segment, at) => (at === index && 'text' in segment ? { text: segment.text.replace(from, () => to) } : segment))
}

function composed(email: Email): Uint8Array {
  return composeMessage(
    email,
    { name: recipient.name, address: recipient.email, values: recipient },
    {
      kind: 'edition',
      fromName: 'The Tidewater Letter',
      fromAddress: sender.email,
      replyTo: null,
      list: { name: 'The Tidewater Letter', id: 'letter' },
      unsubscribeEmail: null,
      date: email.date,
    },
  )
}
