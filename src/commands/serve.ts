import pino from 'pino'
import type { Config } from '../config/config.ts'
import { webhookReceivers } from '../delivery/webhooks/webhook-receivers.ts'
import { UserError } from '../errors.ts'
import { hasLedger } from '../ledger/has-ledger.ts'
import { openLedger } from '../ledger/open-ledger.ts'
import { parseSecret } from '../message/secret-keys.ts'
import { servePublic } from '../web/public/serve-public.ts'
import { readMailWay } from '../web/public/sign-up/mail-way.ts'
import type { CommandContext, CommandResult } from './command.ts'
import { ledgerPlaceOf } from './ledger-place.ts'
import { readConfigFor } from './plan-request.ts'
import type { Flags } from './program.ts'
import { watchInterruptions } from './watch-interruptions.ts'

/** Serves the subscriber's side until it is interrupted. Logs are JSON lines on standard output; nothing in them tells who asked, or for whom. */
export async function runServe(_: string | undefined, flags: Flags, context: CommandContext): Promise<CommandResult> {
  const config = await readConfigFor(flags, context)
  const publicUrl = requirePublicUrl(config)
  const secret = parseSecret(process.env.NEWS_DIGEST_SECRET ?? '')
  const webhooks = webhookReceivers(config, process.env)
  const mail = config.signUp === undefined ? null : await readMailWay(config, process.env)
  const place = ledgerPlaceOf(config, process.env)
  const isNew = !hasLedger(place)
  const ledger = await openLedger(place)
  const log = pino({ base: null, level: flags.quiet === true ? 'error' : 'info' })
  const interruptions = watchInterruptions(() => {})
  try {
    const host = String(flags.host)
    const running = await servePublic({
      config,
      publicUrl,
      ledger,
      secret,
      clock: () => new Date(),
      webhooks,
      host,
      port: Number(flags.port),
      mail,
      onMail: result => log.info(result, 'confirmation mail'),
      onCeiling: mailsPerHour => log.warn({ mailsPerHour }, 'confirmation mails wait: signUp.mailsPerHour is reached'),
      onOutboxFault: error => log.error({ fault: faultOf(error) }, 'confirmation mails failed'),
      onAnswered: request => log.info(request, 'answered'),
      onWebhook: webhook => log.info(webhook, 'webhook'),
      onFault: (error, request) => log.error({ ...request, fault: faultOf(error) }, 'failed'),
    })
    if (isNew) log.warn({ ledger: ledger.description }, 'this ledger was not there and is empty: is it the one that "send" uses?')
    log.info({ host, port: running.port, publicUrl, ledger: ledger.description }, 'listening')
    await until(interruptions.first)
    log.info('closing')
    await running.close()
  } finally {
    interruptions.stop()
    await ledger.close()
  }
  return { exitCode: 0, text: '', json: null, notes: '' }
}

function faultOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

function requirePublicUrl({ links, paths }: Config): string {
  if (links.publicUrl !== undefined) return links.publicUrl
  throw new UserError({
    code: 'config-missing',
    message: 'where this server is reached from outside is not known: links.publicUrl is not set',
    expected: 'links: { publicUrl: https://news.example.com }',
    hint: `Set it in ${paths.config === null ? 'news-digest.yaml' : 'the configuration'}: the links in messages lead there.`,
  })
}

function until(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  return new Promise(resolve => signal.addEventListener('abort', () => resolve(), { once: true }))
}
