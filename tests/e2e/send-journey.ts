/** A publication that is built, filled and sent by the command line, over the wire: what its relay received. */

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { dkimVerify } from 'mailauth/lib/dkim/verify.js'
import PostalMime, { type Email as ParsedEmail } from 'postal-mime'
import { withLedger } from '../../src/ledger/open-ledger.ts'
import type { SubscriberRow } from '../../src/ledger/tables.ts'
import type { TakenMessage } from '../delivery/fault-server/fault.ts'
import { startFaultServer, usualExtensions } from '../delivery/fault-server/start-fault-server.ts'
import { environmentOf, secret, settingsWith } from '../delivery/publication.ts'
import { brokenRules } from '../message/message-rules.ts'
import { makeRsaKey } from '../message/signing-keys.ts'
import { type Ended, runCommand } from './run-command.ts'

/** What is to be sent to whom. */
export interface JourneyRequest {
  readonly posts: readonly Readonly<Record<string, unknown>>[]
  /** content/editions/2026-w06.md. */
  readonly editionFile?: string
  readonly csv: string | Uint8Array
  readonly smtputf8?: boolean
}

/** One message as it came out of DATA, with the subscriber that it is for. */
export interface Arrival {
  readonly taken: TakenMessage
  readonly parsed: ParsedEmail
  readonly subscriber: SubscriberRow
  /** Its headers as they stand, folded lines and all. */
  readonly head: string
}

/** A journey that was made. */
export interface Journey {
  readonly built: Ended
  readonly imported: Ended
  readonly sent: Ended
  readonly subscribers: readonly SubscriberRow[]
  readonly arrivals: readonly Arrival[]
  /** Every RCPT that the relay was given. */
  readonly rcpts: readonly string[]
  /** Every rule that a message breaks, with the address in front, and what mailauth says of its signature where that is not a pass. */
  readonly faults: (only?: readonly number[]) => Promise<readonly string[]>
  readonly remove: () => Promise<void>
}

const key = makeRsaKey()

/** Builds, imports and sends. What is refused at import is left out, and errors of the checks are overruled. */
export async function makeJourney({ posts, editionFile, csv, smtputf8 = false }: JourneyRequest): Promise<Journey> {
  const cwd = await mkdtemp(path.join(tmpdir(), 'news-digest-journey-'))
  const written = posts.map(post => `---\n${JSON.stringify({ date: '2026-02-03', featured: true, ...post })}\n---\n\nText.\n`)
  const files = {
    'news-digest.yaml': settingsWith('dkim:\n  selector: news\n  keyFile: dkim.pem\nbounces:\n  address: bounces@harbour.example\n'),
    'dkim.pem': key.privateKeyPem,
    'readers.csv': csv,
    ...Object.fromEntries(written.map((text, index) => [`content/post-${index}.md`, text])),
    ...(editionFile === undefined ? {} : { 'content/editions/2026-w06.md': editionFile }),
  }
  for (const [name, content] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(cwd, name)), { recursive: true })
    await writeFile(path.join(cwd, name), content)
  }
  const messages: TakenMessage[] = []
  const rcpts: string[] = []
  const relay = await startFaultServer({
    extensions: usualExtensions.filter(each => smtputf8 || each !== 'SMTPUTF8'),
    onMessage: message => void messages.push(message),
    onEvent: event => {
      if (event.kind === 'rcpt') rcpts.push(event.to)
    },
  })
  const env = environmentOf(relay.port)
  const built = await runCommand(['build', '2026-w06'], { cwd })
  const imported = await runCommand(['subscribers', 'import', 'readers.csv', '--consent', 'form', '--skip-refused', '--json'], { cwd })
  const sent = await runCommand(['send', '2026-w06', '--yes', '--force', 'hostile on purpose'], { cwd, env })
  await relay.close()
  const place = { file: path.join(cwd, 'data', 'news-digest.db'), databaseUrl: undefined, displayRoot: cwd }
  const subscribers = await withLedger(place, ({ db }) => db.selectFrom('subscribers').selectAll().orderBy('id').execute())
  const arrivals = await Promise.all(messages.map(taken => toArrival(taken, subscribers)))
  const ownWords = [...written, editionFile ?? '', Buffer.from(csv).toString('utf8')].join('\n')
  return {
    built,
    imported,
    sent,
    subscribers,
    arrivals,
    rcpts,
    faults: async only => (await Promise.all(arrivals.map(arrival => faultsOf(arrival, arrivals, ownWords, only)))).flat(),
    remove: () => rm(cwd, { recursive: true, force: true }),
  }
}

async function toArrival(taken: TakenMessage, subscribers: readonly SubscriberRow[]): Promise<Arrival> {
  const subscriber = subscribers.find(({ address }) => address === taken.to[0])
  if (subscriber === undefined) throw new Error(`nobody on the list has the address ${taken.to.join()}`)
  const text = taken.bytes.toString('latin1')
  return { taken, parsed: await PostalMime.parse(taken.bytes), subscriber, head: text.slice(0, text.indexOf('\r\n\r\n')) }
}

async function faultsOf(
  { taken, subscriber }: Arrival,
  all: readonly Arrival[],
  ownWords: string,
  only?: readonly number[],
): Promise<readonly string[]> {
  const { bytes, from, to } = taken
  const broken = brokenRules(
    bytes,
    {
      domain: 'harbour.example',
      address: subscriber.address,
      list: 'digest',
      subscriber: { id: subscriber.id, secret },
      sentAt: new Date(),
      postalAddress: '1 Quay Street, Porto',
      envelope: { from, to },
      dkimKey: key.publicKey,
      smtputf8: /[^\p{ASCII}]/u.test(subscriber.address),
      strangers: all.flatMap(other => (other.subscriber.id === subscriber.id ? [] : [other.subscriber.address])),
      ownWords,
    },
    only,
  )
  const { results } = await dkimVerify(bytes, {
    resolver: async (name: string, type: string) => (name === 'news._domainkey.harbour.example' && type === 'TXT' ? [[key.record]] : []),
  })
  const verdicts = results.map(({ status }) => status.result).filter(result => result !== 'pass')
  return [...broken, ...verdicts.map(verdict => `mailauth: ${verdict}`), ...(results.length === 1 ? [] : ['mailauth: no signature'])].map(
    fault => `${subscriber.address}: ${fault}`,
  )
}
