/** A sending's job for tests: messages of a few lines, waits of milliseconds. */

import type { DomainLimit } from '../../src/config/rate-limit.ts'
import type { RelayFacts } from '../../src/delivery/relay-state.ts'
import type { Candidate, Compose, SendingLimits } from '../../src/delivery/sending.ts'
import type { SendingJob } from '../../src/delivery/sending-run.ts'
import { dotStuff } from '../../src/message/dot-stuff.ts'
import { createLane } from '../../src/transport/create-lane.ts'
import { parseRelayUrl } from '../../src/transport/relay-url.ts'

/** Waits of milliseconds, so that tests need none of minutes. */
export const quickLimits: SendingLimits = {
  rate: null,
  perDomain: new Map<string, DomainLimit>(),
  backOff: [30, 60],
  relayBackOff: [20, 50],
  relayPatience: 3000,
  drain: 2000,
}

/** Three soft bounces within 30 days are a hard one. */
export const usualSoftLimits = { softLimit: 3, softWithin: 30 * 86_400_000 }

/** A relay by its address: a port of this machine, or a URL. */
export function simpleRelay(
  name: string,
  where: number | string,
  facts: Partial<RelayFacts> = {},
  messages: number | null = null,
): SendingJob['relays'][number] {
  const relay = parseRelayUrl(typeof where === 'number' ? `smtp://127.0.0.1:${where}` : where)
  return {
    facts: { name, weight: 1, connections: 5, rate: null, preset: null, ...facts },
    createLane: () => createLane({ relay, messagesPerConnection: messages }),
  }
}

/** Makes messages of some 200 bytes, or so many. */
export function simpleCompose(bytes = 200, before: (candidate: Candidate) => void = () => {}, returnPath = 'bounces@example.com'): Compose {
  const shared = dotStuff(
    Buffer.from(
      'x'
        .repeat(70)
        .concat('\r\n')
        .repeat(Math.ceil(bytes / 72)),
    ),
  )
  return candidate => {
    before(candidate)
    const head = `From: digest@example.com\r\nTo: ${candidate.address}\r\nMessage-ID: <${candidate.subscriber}@example.com>\r\nX-News-Digest-Delivery: ${candidate.id}\r\n\r\n`
    return { returnPath, chunks: [dotStuff(Buffer.from(head)), shared] }
  }
}
