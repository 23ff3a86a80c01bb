/** How long the answer to a token that leads nowhere takes, by what is wrong with it: the time must not tell. */

import { Agent, request } from 'node:http'
import { createLinkToken, type LastingPurpose } from '../src/message/link-token.ts'
import { parseSecret } from '../src/message/secret-keys.ts'
import { median } from './run-side-by-side.ts'

const rounds = 1500
const strange = parseSecret('another-secret-0123456789abcdefghijklmnopqrst')

const routes = [
  { name: 'unsubscribe, POST', purpose: 'unsubscribe', method: 'POST' },
  { name: 'preferences, GET', purpose: 'preferences', method: 'GET' },
] as const

/** Asks with each kind of token in turns, one request at a time, and gives the medians as a table. `secret` is the running server's. */
export async function measureTokenKinds(port: number, secret: string): Promise<string> {
  const measured: Record<string, readonly number[]>[] = []
  for (const { purpose, method } of routes) {
    const tokens = Object.entries(deadTokens(secret, purpose))
    const took = new Map(tokens.map(([kind]) => [kind, [] as number[]]))
    const ask = oneConnection(port)
    // Each is now and then the first, and none always comes behind the same other.
    for (let round = -100; round < rounds; round++)
      for (const [kind, token] of inOrder(tokens, round)) {
        const milliseconds = await ask(method, `/${purpose}/${token}`)
        if (round >= 0) took.get(kind)?.push(milliseconds)
      }
    measured.push(Object.fromEntries(took))
  }
  const kinds = Object.keys(measured[0] ?? {})
  const base = measured.map(each => median(kinds.map(kind => median(each[kind] ?? []))))
  return [
    `Tokens that lead nowhere, one request at a time over one connection, the kinds in turns: median of ${rounds.toLocaleString('en')} each, and its ratio to the middle one of its column.`,
    '',
    `| token | ${routes.map(({ name }) => `${name} | ratio`).join(' | ')} |`,
    `| --- | ${routes.map(() => '---: | ---:').join(' | ')} |`,
    ...kinds.map(kind => {
      const cells = measured.map((each, index) => {
        const middle = median(each[kind] ?? [])
        return `${middle.toFixed(3)} ms | ${(middle / (base[index] ?? Number.NaN)).toFixed(2)}`
      })
      return `| ${kind} | ${cells.join(' | ')} |`
    }),
  ].join('\n')
}

/** The list of the benchmark has a subscriber 1, and no subscriber 999,999. */
function deadTokens(secret: string, purpose: LastingPurpose): Readonly<Record<string, string>> {
  const keys = parseSecret(secret)
  const other = purpose === 'unsubscribe' ? 'preferences' : 'unsubscribe'
  const claim = { purpose, list: 'digest', subscriber: 1, epoch: 0 }
  const good = createLinkToken(claim, keys)
  return {
    'no token at all': 'x'.repeat(good.length),
    truncated: good.slice(0, -3),
    'with another MAC': `${good.slice(0, -8)}${good.endsWith('AAAAAAAA') ? 'BBBBBBBB' : 'AAAAAAAA'}`,
    'of another secret, or of a key that is gone': createLinkToken(claim, strange),
    'for another purpose': createLinkToken({ ...claim, purpose: other }, keys),
    'of another list': createLinkToken({ ...claim, list: 'review' }, keys),
    'for nobody': createLinkToken({ ...claim, subscriber: 999_999 }, keys),
  }
}

function inOrder<Item>(items: readonly Item[], round: number): readonly Item[] {
  const start = (round + 1000) % items.length
  const turned = [...items.slice(start), ...items.slice(0, start)]
  return round % 2 === 0 ? turned : turned.reverse()
}

function oneConnection(port: number): (method: string, path: string) => Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  return (method, path) =>
    new Promise((resolve, reject) => {
      const startedAt = performance.now()
      request({ host: '127.0.0.1', port, path, method, agent }, answer => {
        if (answer.statusCode !== 404) reject(new Error(`the server answered ${answer.statusCode}`))
        answer.resume().once('end', () => resolve(performance.now() - startedAt))
      })
        .once('error', reject)
        .end()
    })
}
