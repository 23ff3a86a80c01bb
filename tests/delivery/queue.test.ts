import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { DomainLimit } from '../../src/config/rate-limit.ts'
import { createQueue } from '../../src/delivery/queue.ts'
import type { Candidate } from '../../src/delivery/sending.ts'

const candidate = (id: number, domain = 'club.example'): Candidate => ({
  id,
  subscriber: id,
  address: `reader${id}@${domain}`,
  domain,
  name: null,
  epoch: 0,
  attempts: 0,
  variant: null,
  subscriberState: 'subscribed' as const,
})

const connections = (most: number): DomainLimit => ({ connections: most, rate: null })

describe('createQueue()', () => {
  it('takes domains in turns', () => {
    const queue = createQueue(new Map())
    queue.add([candidate(1, 'a'), candidate(2, 'a'), candidate(3, 'a'), candidate(4, 'b'), candidate(5, 'c')])
    expect(Array.from({ length: 6 }, () => queue.take(0)?.id)).toEqual([1, 4, 5, 2, 3, undefined])
  })

  it('passes over a domain at its limit, and no other', () => {
    const queue = createQueue(new Map([['a', connections(1)]]))
    queue.add([candidate(1, 'a'), candidate(2, 'a'), candidate(3, 'b')])
    expect([queue.take(0)?.id, queue.take(0)?.id, queue.take(0)]).toEqual([1, 3, null])
    expect(queue.waitFor(0)).toBe(Number.POSITIVE_INFINITY)
    queue.drop(candidate(1, 'a'))
    expect([queue.waitFor(0), queue.take(0)?.id]).toEqual([0, 2])
  })

  it('keeps a domain for its next slot, and says how long', () => {
    const queue = createQueue(new Map())
    queue.add([candidate(1, 'a'), candidate(2, 'a')])
    expect(queue.take(0)?.id).toBe(1)
    queue.hold('a', 400)
    queue.drop(candidate(1, 'a'))
    expect([queue.waitFor(100), queue.take(399), queue.take(400)?.id]).toEqual([300, null, 2])
  })

  it('holds a delivery once, however often it is read', () => {
    const queue = createQueue(new Map())
    queue.add([candidate(1), candidate(1)])
    queue.take(0)
    queue.add([candidate(1)])
    expect([queue.waiting(), queue.underWay(), queue.take(0)]).toEqual([0, 1, null])
    queue.drop(candidate(1))
    queue.add([candidate(1)])
    expect(queue.waiting()).toBe(1)
  })

  it('puts back what lost its connection, each time for twice as long, at most a minute', () => {
    const queue = createQueue(new Map())
    queue.add([candidate(1)])
    const waits = Array.from({ length: 12 }, () => {
      queue.take(queue.waitFor(0))
      queue.putBack(candidate(1), 0)
      return queue.waitFor(0)
    })
    expect(waits.slice(0, 4)).toEqual([250, 500, 1000, 2000])
    expect(waits.at(-1)).toBe(60_000)
    expect([queue.waiting(), queue.underWay()]).toEqual([1, 0])
  })

  it('neither loses nor doubles a delivery, and keeps every limit, whatever happens', () => {
    const step = fc.record({ what: fc.constantFrom('take', 'drop', 'back', 'slow', 'hold', 'wait'), pick: fc.nat(50) })
    fc.assert(
      fc.property(fc.array(fc.nat(3), { maxLength: 40 }), fc.array(step, { maxLength: 200 }), (domains, steps) => {
        const run = startRun(domains.map((domain, index) => candidate(index + 1, `d${domain}`)))
        for (const { what, pick } of steps) run[what](pick)
        expect(run.left()).toBe(domains.length - run.done.size)
        // Everything comes out in the end.
        for (let turn = 0; turn < 2 * domains.length; turn++) {
          run.wait(60)
          run.take()
          run.drop(0)
        }
        expect(run.done.size).toBe(domains.length)
      }),
    )
  })
})

/** A queue in use, with a check at every take. */
function startRun(all: readonly Candidate[]) {
  const queue = createQueue(
    new Map([
      ['d0', connections(1)],
      ['d1', connections(3)],
    ]),
  )
  queue.add(all)
  const underWay: Candidate[] = []
  const done = new Set<number>()
  let now = 0
  const underWayTo = (domain: string) => underWay.filter(each => each.domain === domain).length
  const choose = (pick: number, then: (chosen: Candidate) => void) => {
    const chosen = underWay[pick % Math.max(1, underWay.length)]
    if (chosen !== undefined) then(chosen)
  }
  const end = (chosen: Candidate) => void underWay.splice(underWay.indexOf(chosen), 1)
  return {
    done,
    left: () => queue.waiting() + queue.underWay(),
    take: () => {
      now += 10
      const next = queue.take(now)
      if (next === null) return
      expect(done.has(next.id) || underWay.includes(next)).toBe(false)
      underWay.push(next)
      expect([underWayTo('d0') <= 1, underWayTo('d1') <= 3]).toEqual([true, true])
    },
    wait: (pick: number) => {
      now += pick * 1000
    },
    hold: (pick: number) => queue.hold(`d${pick % 4}`, now + pick),
    slow: (pick: number) => choose(pick, ({ domain }) => queue.slow(domain, now)),
    drop: (pick: number) =>
      choose(pick, chosen => {
        end(chosen)
        done.add(chosen.id)
        queue.drop(chosen)
      }),
    back: (pick: number) =>
      choose(pick, chosen => {
        end(chosen)
        queue.putBack(chosen, now)
      }),
  }
}
