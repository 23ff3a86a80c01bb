import { describe, expect, it } from 'vitest'
import { secret } from '../../delivery/publication.ts'
import { countWork } from './count-work.ts'
import { formOf, type OpenSite, openSite } from './open-site.ts'

const ada = 'ada@gull.example'
const olderKey = 'another0123456789-ABCDEFGHIJKLMNOP'
const goneKey = 'removed0123456789-ABCDEFGHIJKLMNOP'
const strangeKey = 'forged!0123456789-ABCDEFGHIJKLMNOP'

type Purpose = 'unsubscribe' | 'preferences'

/** Tokens that lead nowhere, each in its own way. */
function deadTokens({ token }: OpenSite, id: number, purpose: Purpose): Readonly<Record<string, string>> {
  const good = token({ subscriber: id, purpose })
  const mac = good.slice(0, -6)
  return {
    nonsense: 'x',
    'not base64': '%F0%9F%8C%8A',
    'very long': 'A'.repeat(4000),
    truncated: good.slice(0, -3),
    'with a changed MAC': `${mac}${good.slice(-6) === 'AAAAAA' ? 'BBBBBB' : 'AAAAAA'}`,
    'with a changed subscriber': `${good.slice(0, 24)}${good[24] === 'A' ? 'B' : 'A'}${good.slice(25)}`,
    forged: token({ subscriber: id, purpose }, strangeKey),
    'of a key that is gone': token({ subscriber: id, purpose }, goneKey),
    'for another purpose': token({ subscriber: id, purpose: purpose === 'unsubscribe' ? 'preferences' : 'unsubscribe' }),
    'for confirming': token({ subscriber: id, purpose: 'confirm', expires: new Date('2026-03-01T00:00:00Z') }),
    'of another list': token({ subscriber: id, purpose, list: 'other' }),
    'of another list, by its older key': token({ subscriber: id, purpose, list: 'other' }, olderKey),
    'for nobody': token({ subscriber: 999_999, purpose }),
    'for nobody, by the older key': token({ subscriber: 999_999, purpose }, olderKey),
    ...(purpose === 'preferences' ? { 'of before the person came back': token({ subscriber: id, purpose, epoch: 0 }) } : {}),
  }
}

const routes: readonly (readonly [Purpose, string, RequestInit])[] = [
  ['unsubscribe', '', {}],
  ['unsubscribe', '', { method: 'POST' }],
  ['unsubscribe', '', formOf({ 'List-Unsubscribe': 'One-Click' })],
  ['unsubscribe', '/undo', { method: 'POST' }],
  ['unsubscribe', '/reason', formOf({ reason: 'other' })],
  ['preferences', '', {}],
  ['preferences', '', formOf({ name: 'x' })],
  ['preferences', '/data.json', {}],
  ['preferences', '/forget', { method: 'POST' }],
]

// Two HMACs, since the site has two keys; the look-up for whoever the token may be for, or for nobody: all that a token has to be is asked of the ledger.
const keysTried = ['hmac', 'compare', 'hmac', 'compare']
const lookUp = 'select * from "subscribers" where "id" = ? and "list" = ?'
const samePath: Readonly<Record<Purpose, readonly string[]>> = {
  unsubscribe: [...keysTried, lookUp],
  preferences: [...keysTried, `${lookUp} and "epoch" = ?`],
}

describe('a token that leads nowhere', () => {
  it.each(routes)('is found out by the same look-ups and HMACs, whatever is wrong with it: %s%s %o', async (purpose, end, init) => {
    const work = countWork()
    const site = await openSite({ readers: [ada], keys: `${secret},${olderKey}`, watched: work.watched })
    const { id } = await site.person(ada)
    await site.ledger.db.updateTable('subscribers').set({ epoch: 1 }).execute()
    // What is read once for all, such as messages, has been read.
    await site.ask(`/${purpose}/warm${end}`, init)
    const answered = async (token: string) => {
      work.done.length = 0
      const answer = await site.ask(`/${purpose}/${token}${end}`, init)
      return { status: answer.status, headers: [...answer.headers], body: await answer.text(), done: [...work.done] }
    }
    const first = await answered('y')
    expect(first).toMatchObject({ status: 404, done: samePath[purpose] })
    for (const [kind, token] of Object.entries(deadTokens(site, id, purpose))) expect(await answered(token), kind).toEqual(first)
    expect(site.faults).toEqual([])
  })

  it('is told from a good one by what is written after the same look-up', async () => {
    const work = countWork()
    const site = await openSite({ readers: [ada], keys: `${secret},${olderKey}`, watched: work.watched })
    const { id } = await site.person(ada)
    const token = site.token({ subscriber: id })
    work.done.length = 0
    expect((await site.ask(`/unsubscribe/${token}`, { method: 'POST' })).status).toBe(200)
    const { length } = samePath.unsubscribe
    expect(work.done.slice(0, length + 1)).toEqual([...samePath.unsubscribe, 'transaction'])
    expect(work.done.length).toBeGreaterThan(length + 1)
  })
})
