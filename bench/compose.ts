/** What composing costs: messages and signatures a second on one core, beside nodemailer's composer. See bench/README.md. */

import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import path from 'node:path'
import MailComposer from 'nodemailer/lib/mail-composer'
import { type CompiledMessage, compileMessage } from '../src/message/compile-message.ts'
import { createSigner } from '../src/message/dkim.ts'
import type { MessageRecipient } from '../src/message/message-recipient.ts'
import { messageSettingsOf } from '../src/message/message-settings.ts'
import { recipientLinks } from '../src/message/recipient-links.ts'
import { parseSecret } from '../src/message/secret-keys.ts'
import type { Email } from '../src/render/email.ts'
import { mailOptions } from './baselines/mail-options.ts'
import { buildLargeEdition, publicUrl } from './large-edition.ts'
import { median } from './run-side-by-side.ts'
import { writeSection } from './write-section.ts'

const rounds = 9
const fewest = 25_000
const secret = parseSecret('benchmark-0123456789abcdefghijklmnopqrstuvwxyz')

const folder = mkdtempSync(path.join(tmpdir(), 'news-digest-bench-'))
try {
  const report = await measure()
  console.log(report)
  if (process.argv.includes('--write')) writeSection('compose', report)
} finally {
  rmSync(folder, { recursive: true, force: true })
}

/** A way to compose. `compose` makes the message of one recipient and gives its size in bytes. */
interface Contender {
  readonly name: string
  readonly messages: number
  readonly compose: (number: number) => number | Promise<number>
}

async function measure(): Promise<string> {
  const { config, email } = await buildLargeEdition(folder)
  const settings = messageSettingsOf(config, email, { date: '2026-03-02T09:00:00.000Z' })
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const privateKeyPem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  const domain = 'lighthouse.example'
  const signer = createSigner({ domain, selector: 'news', privateKeyPem, fromDomain: domain })
  const size = compileMessage(email, settings).compose(recipientOf(email, 1)).length
  const results = await takeTurns([
    {
      name: 'nodemailer, composing per recipient',
      messages: 100,
      compose: async number => (await new MailComposer(mailOptions(email, recipientOf(email, number))).compile().build()).length,
    },
    { name: 'news-digest, links and tokens included', messages: 20_000, compose: composer(email, compileMessage(email, settings)) },
    { name: 'news-digest, signed (RSA, 2048 bits)', messages: 300, compose: composer(email, compileMessage(email, settings, signer)) },
  ])
  const [baseline = 0] = results.map(({ processorRate }) => processorRate)
  return [
    `Node ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown'}, ${new Date().toISOString().slice(0, 10)}.`,
    '',
    `A generated edition, ${Math.round(size / 1000)} kB a message; one thread, median of ${rounds} rounds in turns; the last column by processor time. At least ${count(fewest)} unsigned messages a second.`,
    '',
    '| | messages a second | best round | a second of processor time | against nodemailer |',
    '| --- | ---: | ---: | ---: | ---: |',
    ...results.map(
      ({ name, rate, best, processorRate }) =>
        `| ${name} | ${count(rate)} | ${count(best)} | ${count(processorRate)} | ${count(processorRate / baseline)} |`,
    ),
  ].join('\n')
}

/** Messages a second: the median and the best of the wall clock, and the median by processor time, which hardly changes when others use the machine. */
interface Rates {
  readonly name: string
  readonly rate: number
  readonly best: number
  readonly processorRate: number
}

async function takeTurns(contenders: readonly Contender[]): Promise<Rates[]> {
  const measured = contenders.map(() => ({ rates: [] as number[], processorRates: [] as number[] }))
  for (let round = 0; round <= rounds; round++)
    for (const [index, { messages, compose }] of contenders.entries()) {
      const [since, processorSince] = [performance.now(), process.cpuUsage()]
      for (let number = 0; number < messages; number++) {
        const length = compose(round * messages + number)
        if (typeof length !== 'number') await length
      }
      const { user, system } = process.cpuUsage(processorSince)
      // The first round warms up.
      if (round === 0) continue
      measured[index]?.rates.push((messages * 1000) / (performance.now() - since))
      measured[index]?.processorRates.push((messages * 1_000_000) / (user + system))
    }
  return contenders.map(({ name }, index) => {
    const { rates = [], processorRates = [] } = measured[index] ?? {}
    return { name, rate: median(rates), best: Math.max(...rates), processorRate: median(processorRates) }
  })
}

function composer(email: Email, compiled: CompiledMessage): Contender['compose'] {
  return number => compiled.compose(recipientOf(email, number)).length
}

function recipientOf({ edition }: Email, number: number): MessageRecipient {
  const [name, address] = [`Reader ${number}`, `reader-${number}@inbox-${number % 50}.example`]
  const links = recipientLinks({ publicUrl, list: 'digest', edition }, secret, { subscriber: number, epoch: 1 })
  return { name, address, values: { name, email: address, ...links }, delivery: number }
}

function count(number: number): string {
  return number < 10 ? number.toFixed(1) : Math.round(number).toLocaleString('en')
}
