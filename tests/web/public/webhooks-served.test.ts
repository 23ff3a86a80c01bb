import { once } from 'node:events'
import { request } from 'node:http'
import { expect, it } from 'vitest'
import { webhookReceivers } from '../../../src/delivery/webhooks/webhook-receivers.ts'
import { settingsWith } from '../../delivery/publication.ts'
import { createTempFolder } from '../../temp-folder.ts'
import { startPublic } from './start-public.ts'

const login = 'postmark:dJ3k9sPq2vXw7LmZ'
const event = JSON.stringify({ RecordType: 'Open', Recipient: 'ada@gull.example' })

async function start() {
  const cwd = await createTempFolder({ 'news-digest.yaml': settingsWith('webhooks: { postmark: { secretFrom: PM } }\n') })
  const place = { file: `${cwd}/data/n.db`, databaseUrl: undefined, displayRoot: cwd }
  return startPublic({ cwd, place }, config => ({ webhooks: webhookReceivers(config, { PM: login }) }))
}

/** Posts pieces one after another; without a length it is chunked (RFC 9112 §7.1). */
async function post(port: number, pieces: readonly string[], headers: Readonly<Record<string, string>> = {}) {
  const asked = request({ host: '127.0.0.1', port, path: '/webhooks/postmark', method: 'POST', auth: login, headers })
  asked.on('error', () => {})
  for (const piece of pieces) asked.write(piece)
  asked.end()
  const [answer] = await once(asked, 'response')
  answer.resume()
  return answer.statusCode
}

it.each<[string, readonly string[], Readonly<Record<string, string>>, number]>([
  ['a body whose length is told', [event], { 'content-length': String(event.length) }, 200],
  ['a body in chunks', [event.slice(0, 9), event.slice(9)], {}, 200],
  ['a body that is too large', ['x'.repeat(1_100_000)], { 'content-length': '1100000' }, 413],
  ['too many chunks', Array.from({ length: 20 }, () => 'x'.repeat(100_000)), {}, 413],
  ['no body', [], { 'content-length': '0' }, 400],
])('answers %s over a connection', async (_, pieces, headers, status) => {
  const { port, faults } = await start()
  expect([await post(port, pieces, headers), faults]).toEqual([status, []])
})
