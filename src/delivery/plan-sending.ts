/** What `send` does with an edition, given what the ledger says of it. */

import { UserError } from '../errors.ts'
import type { SendingKind, SendingRow } from '../ledger/tables.ts'
import type { Email, VariantName } from '../render/email.ts'

/** What is asked for. */
export interface SendingWish {
  readonly edition: string
  readonly kind: SendingKind
  readonly hashes: Email['hashes']
  /** The segment's expression; undefined where none was named this time, so that what has begun goes on with its own. */
  readonly segment: string | null | undefined
  /** A time to wait for was given. */
  readonly isTimed: boolean
  readonly retryUncertain: boolean
  readonly winner: VariantName | undefined
  /** Milliseconds since 1970. */
  readonly now: number
}

/** What will be done. */
export type SendingPlan =
  /** `since`: only to those who joined after that instant. `variant`: the subject that all of them get; null where each has its own, or there is one only. */
  | { readonly kind: 'begin'; readonly round: number; readonly since: number | null; readonly variant: string | null }
  | { readonly kind: 'resume'; readonly sending: SendingRow; readonly variant: string | null }
  /** It has a time. */
  | { readonly kind: 'wait'; readonly sending: SendingRow }
  /** All of it was sent before. */
  | { readonly kind: 'over'; readonly sending: SendingRow }

/** For so long after its sending an edition may be sent to those who joined since. */
const lateWithin = 14 * 86_400_000

/**
 * Decides from all sendings of the edition to the list.
 * @throws UserError `sending-changed` where a sending would go on with another content, `sending-unknown` where what is asked for supposes one, `sending-over`
 * where that is too long ago, `usage` for a wish that does not fit the sending that there is
 */
export function planSending(existing: readonly SendingRow[], wish: SendingWish): SendingPlan {
  const plan = planFor(existing, wish)
  if (plan.kind === 'begin' || plan.kind === 'wait') refuseBeforeItBegan(wish)
  else refuseOnceBegun(plan.sending, wish)
  return plan
}

function planFor(existing: readonly SendingRow[], wish: SendingWish): SendingPlan {
  const first = existing.find(({ kind }) => kind === 'edition')
  const own = existing.filter(({ kind }) => kind === wish.kind)
  const open = own.find(({ state }) => state !== 'finished')
  if (open?.state === 'scheduled') {
    refuseOther(open, wish)
    return { kind: 'wait', sending: open }
  }
  if (open !== undefined) {
    refuseOther(open, wish)
    return { kind: 'resume', sending: open, variant: variantFor(first, wish) }
  }
  const last = own.at(-1)
  // Another round would be for others, and what is uncertain stands in the last one.
  if (last !== undefined && (wish.kind === 'edition' || wish.retryUncertain)) {
    refuseOther(last, wish)
    return { kind: 'over', sending: last }
  }
  if (wish.kind === 'edition') return { kind: 'begin', round: 0, since: null, variant: null }
  const since = sinceWhen(first, wish)
  const rounds = own.map(({ round }) => round)
  return { kind: 'begin', round: Math.max(0, ...rounds.map(round => round + 1)), since, variant: variantFor(first, wish) }
}

/** Who joined after this is late, and who confirmed after it is a newcomer. */
function sinceWhen(first: SendingRow | undefined, { edition, kind, now }: SendingWish): number {
  if (first?.startedAt == null)
    throw new UserError({
      code: 'sending-unknown',
      message: `${edition} has not been sent from this ledger, so nobody has joined since`,
      hint: `Send it to the list first: "news-digest send ${edition}".`,
    })
  if (kind === 'welcome' || now - first.startedAt <= lateWithin) return first.startedAt
  throw new UserError({
    code: 'sending-over',
    message: `${edition} was sent more than 14 days ago, which is too long ago for those who joined since`,
    got: new Date(first.startedAt).toISOString().slice(0, 10),
    hint: 'They get the next edition; the archive has this one.',
  })
}

/** The subject that late ones get of an edition that has tried two: the one that won. */
function variantFor(first: SendingRow | undefined, { kind, edition }: SendingWish): string | null {
  if (kind === 'edition' || first === undefined || first.split === null) return null
  if (first.winner !== null || first.split === 1) return first.winner
  throw new UserError({
    code: 'usage',
    message: `${edition} tries two subjects, and which one won has not been said yet`,
    expected: `news-digest send ${edition} --winner A`,
    hint: 'Say so first; then others get that subject, too.',
  })
}

function refuseBeforeItBegan({ edition, retryUncertain, winner }: SendingWish): void {
  const flag = retryUncertain ? '--retry-uncertain' : winner === undefined ? null : '--winner'
  if (flag === null) return
  throw new UserError({
    code: 'sending-unknown',
    message: `${edition} has not been sent yet, and ${flag} is about what was sent`,
    hint: `Check the edition: "news-digest status" lists what was sent. To send it, leave ${flag} out.`,
  })
}

function refuseOnceBegun({ state, split, winner, notAfter }: SendingRow, wish: SendingWish): void {
  const { edition } = wish
  if (wish.isTimed)
    throw new UserError({
      code: 'usage',
      message: `${state === 'finished' ? `${edition} was sent already` : `the sending of ${edition} has begun`}, so it cannot be given a time any more`,
      hint: state === 'finished' ? 'Leave --at out.' : 'Leave --at out, and it goes on now.',
    })
  if (wish.retryUncertain && notAfter !== null && wish.now > notAfter)
    throw new UserError({
      code: 'sending-over',
      message: `the sending of ${edition} is older than send.notAfter allows, so what is uncertain is not sent again`,
      hint: `The relay's log may still tell what became of them: "news-digest reconcile ${edition} --log FILE".`,
    })
  if (wish.winner === undefined) return
  if (split === null)
    throw new UserError({
      code: 'usage',
      message: `${edition} was sent with one subject, so none can win`,
      hint: 'Leave --winner out.',
    })
  if (winner === null || winner === wish.winner) return
  throw new UserError({
    code: 'usage',
    message: `subject ${winner} of ${edition} has won already, and the others got it`,
    got: `--winner ${wish.winner}`,
    hint: 'Leave --winner out.',
  })
}

/** The command that says the same once more. */
function commandOf({ edition, kind, retryUncertain, winner }: SendingWish): string {
  const flags = [
    ...(kind === 'edition' ? [] : [`--${kind}`]),
    ...(retryUncertain ? ['--retry-uncertain'] : []),
    ...(winner === undefined ? [] : [`--winner ${winner}`]),
  ]
  return ['news-digest send', edition, ...flags].join(' ')
}

function refuseOther(sending: SendingRow, wish: SendingWish): void {
  const { edition, hashes, segment } = wish
  const isScheduled = sending.state === 'scheduled'
  const begun = isScheduled ? 'was scheduled' : 'began'
  const again = `"news-digest send ${edition} --cancel" takes the time back; then schedule it anew.`
  const changed = changedParts(sending.hashesJson, hashes)
  if (changed.length > 0)
    throw new UserError({
      code: 'sending-changed',
      message: `${edition} is not the one that ${isScheduled ? 'was scheduled' : 'this sending began with'}: ${listOf(changed)} ${changed.length === 1 ? 'has' : 'have'} changed`,
      hint: isScheduled
        ? again
        : `What was checked is what is sent. To go on with what it began with: "${commandOf(wish)} --as-begun". A correction goes out as an edition of its own.`,
    })
  if (segment !== undefined && segment !== sending.segment)
    throw new UserError({
      code: 'usage',
      message: `the sending of ${edition} ${begun} with other recipients`,
      expected: sending.segment === null ? 'everybody on the list' : `--to '${sending.segment}'`,
      got: segment ?? 'everybody',
      hint: isScheduled ? `Leave --to out, or: ${again}` : 'Leave --to out: it goes on with the recipients that it began with.',
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
