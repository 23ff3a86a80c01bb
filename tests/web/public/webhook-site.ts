/** A publication whose messages a relay has accepted, and to which providers report: no build, no sending. */

import path from 'node:path'
import { onTestFinished } from 'vitest'
import { readConfig } from '../../../src/config/read-config.ts'
import type { ReadUrl } from '../../../src/delivery/webhooks/read-url.ts'
import { webhookReceivers } from '../../../src/delivery/webhooks/webhook-receivers.ts'
import type { Ledger } from '../../../src/ledger/ledger.ts'
import { openLedger } from '../../../src/ledger/open-ledger.ts'
import type { DeliveryRow } from '../../../src/ledger/tables.ts'
import { messageId } from '../../../src/message/message-id.ts'
import { parseSecret } from '../../../src/message/secret-keys.ts'
import { verpAddress } from '../../../src/message/verp.ts'
import { type AnsweredRequest, createPublicApp } from '../../../src/web/public/create-public-app.ts'
import { siteOf } from '../../../src/web/public/serve-public.ts'
import type { AnsweredWebhook } from '../../../src/web/public/webhook-routes.ts'
import { addReaders } from '../../delivery/add-readers.ts'
import { secret, settingsWith } from '../../delivery/publication.ts'
import { takeSnapshot } from '../../delivery/snapshot.ts'
import { createTempFolder } from '../../temp-folder.ts'

/** The hour of the tests. */
export const now = Date.parse('2026-02-10T08:00:00Z')
export const day = 86_400_000
export const ada = 'ada@gull.example'
export const bob = 'bob@gull.example'

/** What providers know of a message. */
export interface KnownMessage {
  readonly delivery: number
  readonly messageId: string
  readonly returnPath: string
}

/** Opens a site with Ada and Bob, who were sent 2026-w06 a day ago. `webhooks` is the section of the configuration; secrets stand in `env`. */
export async function openWebhookSite(options: {
  readonly webhooks: string
  readonly env?: Readonly<Record<string, string>>
  readonly readUrl?: ReadUrl
  readonly roots?: readonly string[]
}) {
  const cwd = await createTempFolder({ 'news-digest.yaml': settingsWith(`webhooks:\n${options.webhooks}`) })
  const config = await readConfig({ cwd, file: null })
  const ledger = await openLedger({ file: path.join(cwd, 'data', 'news-digest.db'), databaseUrl: undefined, displayRoot: cwd })
  onTestFinished(() => ledger.close())
  await addReaders(ledger, [ada, bob])
  const messages = await sendTo(ledger, '2026-w06', now - day)
  let time = now
  const faults: unknown[] = []
  const answered: AnsweredRequest[] = []
  const told: AnsweredWebhook[] = []
  const { readUrl, roots } = options
  const site = siteOf({
    config,
    publicUrl: 'https://letter.harbour.example',
    ledger,
    secret: parseSecret(secret),
    clock: () => new Date(time),
    webhooks: webhookReceivers(config, options.env ?? {}, { ...(readUrl && { readUrl }), ...(roots && { roots }) }),
    host: '127.0.0.1',
    port: 0,
  })
  const app = createPublicApp(site, {
    onFault: error => void faults.push(error),
    onAnswered: each => void answered.push(each),
    onWebhook: each => void told.push(each),
  })
  return {
    ledger,
    messages,
    faults,
    answered,
    told,
    post: async (route: string, body: string | Uint8Array<ArrayBuffer>, headers: Readonly<Record<string, string>> = {}) =>
      app.request(`https://letter.harbour.example${route}`, {
        method: 'POST',
        body,
        headers: { host: 'letter.harbour.example', ...headers },
      }),
    ask: async (route: string) => app.request(`https://letter.harbour.example${route}`, { headers: { host: 'letter.harbour.example' } }),
    states: () => statesOf(ledger),
    bounces: () => ledger.db.selectFrom('bounces').selectAll().orderBy('id').execute(),
    sendAgain: (edition: string, at: number) => sendTo(ledger, edition, at),
    at: (moment: number) => {
      time = moment
    },
  }
}

/** The states of Ada and Bob. */
async function statesOf(ledger: Ledger) {
  const rows = await ledger.db.selectFrom('subscribers').select('state').orderBy('address').execute()
  return rows.map(({ state }) => state)
}

/** Accepted by the relay under the name `queue-1`, `queue-2` … of the delivery. */
async function sendTo(ledger: Ledger, edition: string, at: number): Promise<(address: string) => KnownMessage> {
  const sending = await takeSnapshot(ledger, { edition, now: at })
  const rows: readonly DeliveryRow[] = await ledger.db.selectFrom('deliveries').selectAll().where('sendingId', '=', sending.id).execute()
  for (const { id } of rows)
    await ledger.db
      .updateTable('deliveries')
      .set({ state: 'accepted', changedAt: at, queueId: `queue-${id}` })
      .where('id', '=', id)
      .execute()
  return address => {
    const delivery = rows.find(each => each.address === address)?.id ?? 0
    return {
      delivery,
      messageId: messageId(edition, address, 'harbour.example'),
      returnPath: verpAddress('bounces@harbour.example', delivery, parseSecret(secret)),
    }
  }
}
