/** What `send` does with an edition, given what the ledger says of it. */

import { UserError } from '../errors.ts'
import type { SendingKind, SendingRow } from '../ledger/tables.ts'
import type { Email } from '../render/email.ts'

/** What is asked for. */
export interface SendingWish {
  readonly edition: string
  readonly kind: SendingKind
  readonly hashes: Email['hashes']
  /** The segment's expression; undefined where none was named this time, so that a resume goes on with its own. */
  readonly segment: string | null | undefined
  /** Milliseconds since 1970. */
  readonly now: number
}

/** What will be done. `over`: all of it was sent before. */
export type SendingPlan =
  | { readonly kind: 'begin'; readonly round: number; readonly since: number | null }
  | { readonly kind: 'wait' | 'resume' | 'over'; readonly sending: SendingRow }

/** For so long after its sending an edition may be sent to those who joined since. */
const lateWithin = 14 * 86_400_000

/**
 * Decides from all sendings of the edition to the list.
 * @throws UserError `sending-changed` where a sending would go on with another content, `sending-unknown` and `sending-over` for a late one that there can not be
 */
export function planSending(existing: readonly SendingRow[], wish: SendingWish): SendingPlan {
  const first = existing.find(({ kind }) => kind === 'edition')
  const open = existing.find(({ kind, state }) => kind === wish.kind && state !== 'finished')
  if (open !== undefined) {
    refuseOther(open, wish)
    return { kind: open.state === 'scheduled' ? 'wait' : 'resume', sending: open }
  }
  if (wish.kind === 'edition') {
    if (first === undefined) return { kind: 'begin', round: 0, since: null }
    refuseOther(first, wish)
    return { kind: 'over', sending: first }
  }
  const since = sinceWhen(first, wish)
  const rounds = existing.filter(({ kind }) => kind === wish.kind).map(({ round }) => round)
  return { kind: 'begin', round: Math.max(0, ...rounds.map(round => round + 1)), since }
}

/** Who joined after this is late. */
function sinceWhen(first: SendingRow | undefined, { edition, now }: SendingWish): number {
  if (first?.startedAt == null)
    throw new UserError({
      code: 'sending-unknown',
      message: `${edition} has not been sent from this ledger, so nobody has joined since`,
      hint: `Send it to the list first: "news-digest send ${edition}".`,
    })
  if (now - first.startedAt <= lateWithin) return first.startedAt
  throw new UserError({
    code: 'sending-over',
    message: `${edition} was sent more than 14 days ago, which is too long ago for those who joined since`,
    got: new Date(first.startedAt).toISOString().slice(0, 10),
    hint: 'They get the next edition; the archive has this one.',
  })
}

function refuseOther(sending: SendingRow, { edition, hashes, segment }: SendingWish): void {
  const changed = changedParts(sending.hashesJson, hashes)
  if (changed.length > 0)
    throw new UserError({
      code: 'sending-changed',
      message: `${edition} is not the one that this sending began with: ${listOf(changed)} ${changed.length === 1 ? 'has' : 'have'} changed`,
      hint: `What was checked is what is sent. Put back what changed and build again (git tells what it was), or send the correction as an edition of its own.`,
    })
  if (segment !== undefined && segment !== sending.segment)
    throw new UserError({
      code: 'usage',
      message: `the sending of ${edition} began with other recipients`,
      expected: sending.segment === null ? 'everybody on the list' : `--to '${sending.segment}'`,
      got: segment ?? 'everybody',
      hint: 'Leave --to out: it goes on with the recipients that it began with.',
    })
}

const partNames = { subject: 'the subject', html: 'the HTML', text: 'the text' } as const

function changedParts(hashesJson: string, hashes: Email['hashes']): readonly string[] {
  const before = JSON.parse(hashesJson) as Partial<Email['hashes']>
  if (before.content === hashes.content) return []
  const parts = (['subject', 'html', 'text'] as const).filter(part => before[part] !== hashes[part]).map(part => partNames[part])
  return parts.length === 0 ? ['its content'] : parts
}

function listOf(parts: readonly string[]): string {
  return parts.length < 2 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`
}
