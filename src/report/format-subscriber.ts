import { cleanLine } from '../content/clean-text.ts'
import type { SubscriberFile } from '../subscribers/show-subscriber.ts'
import { subscriberJson } from '../subscribers/subscriber-json.ts'
import { formatAt } from './format-instant.ts'
import type { Paint } from './paint.ts'
import { padded } from './table.ts'

/** All that is known of a person: what they are, how they came here, and what was sent to them. */
export function formatSubscriber(
  { subscriber, history, signUps, leaveReasons, bounces, deliveries }: SubscriberFile,
  paint: Paint,
): string {
  const json = subscriberJson(subscriber)
  const fields: readonly (readonly [string, string | null])[] = [
    ['written as', subscriber.original === json.email ? null : subscriber.original],
    ['name', json.name],
    ['language', json.language],
    ['tags', json.tags.length === 0 ? null : json.tags.join(', ')],
    ['joined', formatAt(subscriber.joinedAt)],
    ['confirmed', subscriber.confirmedAt === null ? null : formatAt(subscriber.confirmedAt)],
    ['agreed', json.consent],
    ['from', json.ip],
    ['told', json.wording],
    ['paused until', subscriber.pausedUntil === null ? null : formatAt(subscriber.pausedUntil)],
    ...Object.entries(json.attributes).map(([name, value]) => [`attribute.${name}`, value] as const),
  ]
  const given = fields.filter((field): field is readonly [string, string] => field[1] !== null)
  const width = Math.max(...given.map(([label]) => label.length))
  return [
    `${paint.bold(json.email)}  ${json.state}`,
    ...given.map(([label, value]) => `  ${paint.dim(padded(label, width))}  ${value}`),
    ...(history.length === 0 ? [] : ['', 'History']),
    ...history.map(({ at, to, why, source }) => `  ${formatAt(at)}  ${padded(to, 12)}  ${why} ${paint.dim(`(${source})`)}`),
    ...(signUps.length === 0 ? [] : ['', 'Sign-ups']),
    ...signUps.map(
      ({ requestedAt, client, mailedAt, confirmedAt, reply }) =>
        `  ${formatAt(requestedAt)}  from ${client ?? 'unknown'}, ${signUpState({ mailedAt, confirmedAt })}${reply === null || reply === '' ? '' : paint.dim(`: ${cleanLine(reply)}`)}`,
    ),
    ...(leaveReasons.length === 0 ? [] : ['', 'Reasons for leaving']),
    ...leaveReasons.map(({ at, reason, note }) => `  ${formatAt(at)}  ${padded(reason, 15)}  ${cleanLine(note ?? '')}`.trimEnd()),
    ...(bounces.length === 0 ? [] : ['', 'Came back']),
    ...bounces.map(({ at, kind, decision }) => `  ${formatAt(at)}  ${padded(kind, 12)}  ${cleanLine(decision)}`),
    ...(deliveries.length === 0 ? [] : ['', 'Deliveries']),
    ...deliveries.map(({ edition, state, changedAt, reply }) =>
      `  ${formatAt(changedAt)}  ${padded(edition, 10)}  ${padded(state, 10)}  ${cleanLine(reply ?? '')}`.trimEnd(),
    ),
    '',
  ].join('\n')
}

function signUpState({ mailedAt, confirmedAt }: Pick<SubscriberFile['signUps'][number], 'mailedAt' | 'confirmedAt'>): string {
  if (confirmedAt !== null) return `confirmed ${formatAt(confirmedAt)}`
  return mailedAt === null ? 'not mailed' : `mailed ${formatAt(mailedAt)}, not confirmed`
}
