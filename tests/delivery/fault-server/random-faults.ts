/** Faults by chance, the same ones for the same seed whatever order connections come in. */

import type { Decide, Fault, Stage } from './fault.ts'

/** What a fault hangs on: the connection, the recipient for good, or each time that this recipient is tried. */
type Key = 'connection' | 'recipient' | 'attempt'

interface FaultKind {
  readonly stage: Stage
  readonly key: Key
  /** `chance` is another number from 0 to 1. */
  readonly fault: (chance: number) => Fault
}

const kind = (stage: Stage, key: Key, fault: Fault | ((chance: number) => Fault)): FaultKind => ({
  stage,
  key,
  fault: typeof fault === 'function' ? fault : () => fault,
})

/** The faults by name. A chance is that of a connection, a recipient or an attempt, as its row says. */
export const faultKinds = {
  'greeting-421': kind('greeting', 'connection', { say: '421 4.3.2 too busy\r\n', next: 'close' }),
  'greeting-554': kind('greeting', 'connection', { say: '554 5.3.2 go away\r\n', next: 'close' }),
  'greeting-wrong': kind('greeting', 'connection', { say: 'HTTP/1.1 400 Bad Request\r\n\r\n', next: 'close' }),
  'greeting-drop': kind('greeting', 'connection', { next: 'reset' }),
  'ehlo-drop': kind('EHLO', 'connection', { next: 'close' }),
  'tls-break': kind('STARTTLS', 'connection', { say: '220 2.0.0 go ahead\r\nthis is no TLS\r\n', next: 'close' }),
  'mail-421': kind('MAIL', 'attempt', { say: '421 4.7.0 slow down\r\n', next: 'close' }),
  'mail-451': kind('MAIL', 'attempt', { say: '451 4.3.0 try later\r\n' }),
  'mail-drop': kind('MAIL', 'attempt', { next: 'reset' }),
  'rcpt-450': kind('RCPT', 'attempt', { say: '450 4.2.1 try later\r\n' }),
  'rcpt-452': kind('RCPT', 'attempt', { say: '452 4.2.2 mailbox full\r\n' }),
  'rcpt-550': kind('RCPT', 'recipient', { say: '550 5.1.1 no such mailbox\r\n' }),
  'rcpt-552': kind('RCPT', 'recipient', { say: '552 5.2.2 mailbox full\r\n' }),
  'rcpt-554': kind('RCPT', 'recipient', { say: '554 5.7.1 not allowed\r\n' }),
  'rcpt-drop': kind('RCPT', 'attempt', { next: 'close' }),
  'data-451': kind('DATA', 'attempt', { say: '451 4.3.0 try later\r\n' }),
  'data-drop': kind('DATA', 'attempt', { next: 'reset' }),
  'body-drop': kind('body', 'attempt', chance => ({ after: Math.floor(chance * 2000), next: chance < 0.5 ? 'close' : 'reset' })),
  'dot-drop': kind('dot', 'attempt', chance => ({ next: chance < 0.5 ? 'close' : 'reset' })),
  'dot-half': kind('dot', 'attempt', { say: '250 2.0.0 Ok: que', next: 'close' }),
  'dot-421': kind('dot', 'attempt', { say: '421 4.3.2 closing\r\n', next: 'close' }),
  'dot-451': kind('dot', 'attempt', { say: '451 4.3.0 try later\r\n' }),
  'dot-554': kind('dot', 'recipient', { say: '554 5.7.1 not wanted\r\n' }),
  'dot-slow': kind('dot', 'attempt', chance => ({ delay: Math.ceil(chance * 300) })),
  /** Begins 300 ms in which every MAIL and every greeting is answered with 421. */
  storm: kind('MAIL', 'attempt', { say: '421 4.7.0 storm\r\n', next: 'close' }),
} as const satisfies Record<string, FaultKind>

/** A name of {@link faultKinds}. */
export type FaultName = keyof typeof faultKinds

/** Chances from 0 to 1 by name. */
export type FaultChances = Readonly<Partial<Record<FaultName, number>>>

/** `rcpt-550=0.02,dot-drop=0.005`. Throws for a name that is not known, and for a chance that is none. */
export function parseFaults(text: string): FaultChances {
  const parts = text.split(',').filter(part => part.trim() !== '')
  return Object.fromEntries(
    parts.map(part => {
      const [name = '', chance] = part.trim().split('=')
      if (!(name in faultKinds) || !(Number(chance) > 0 && Number(chance) <= 1)) throw new Error(`no fault: ${part}`)
      return [name, Number(chance)]
    }),
  )
}

const stormLasts = 300

/** Decides by these chances. `now` is for storms, in milliseconds. */
export function randomFaults(chances: FaultChances, seed: number, now: () => number = Date.now): Decide {
  const kinds = Object.entries(faultKinds).flatMap(([name, each]) => {
    const chance = chances[name as FaultName] ?? 0
    return chance > 0 ? [{ ...each, name, chance }] : []
  })
  const attempts = new Map<string, number>()
  let stormUntil = Number.NEGATIVE_INFINITY
  // MAIL comes before its recipient is known: the connection's own count stands in for it.
  const keyOf = (key: Key, stage: Stage, connection: number, to: string): string => {
    if (key === 'connection') return `c${connection}`
    if (key === 'recipient') return to
    return stage === 'MAIL' ? `c${connection}#${attempts.get(`c${connection}`) ?? 0}` : `${to}#${attempts.get(to) ?? 0}`
  }
  const count = (key: string) => void attempts.set(key, (attempts.get(key) ?? 0) + 1)
  return ({ stage, connection, to }) => {
    if (stage === 'MAIL') count(`c${connection}`)
    if (stage === 'RCPT') count(to)
    if ((stage === 'MAIL' || stage === 'greeting') && now() < stormUntil) return faultKinds.storm.fault(0)
    const toText = (each: (typeof kinds)[number]) => `${seed} ${each.name} ${keyOf(each.key, stage, connection, to)}`
    const hit = kinds.find(each => each.stage === stage && numberOf(toText(each)) < each.chance)
    if (hit?.name === 'storm') stormUntil = now() + stormLasts
    return hit?.fault(numberOf(`${toText(hit)} more`))
  }
}

/** A number from 0 to below 1 that is the text's own (FNV-1a, then the last steps of MurmurHash3, which mix its bits). */
function numberOf(text: string): number {
  let state = 0x811c9dc5
  for (let at = 0; at < text.length; at++) state = Math.imul(state ^ text.charCodeAt(at), 0x01000193)
  state = Math.imul(state ^ (state >>> 16), 0x85ebca6b)
  state = Math.imul(state ^ (state >>> 13), 0xc2b2ae35)
  return ((state ^ (state >>> 16)) >>> 0) / 2 ** 32
}
