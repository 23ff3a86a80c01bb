/** What keeps a sending from beginning: each a UserError, and nothing has been written or sent. */

import type { Config } from './config/config.ts'
import type { SendingPlan } from './delivery/plan-sending.ts'
import { readLatestEdition } from './delivery/read-earlier-sendings.ts'
import { readSentMark, type SentMark } from './edition/write-edition-file.ts'
import { UserError } from './errors.ts'
import type { Finding } from './inspect/finding.ts'
import { isInPostgres } from './ledger/has-ledger.ts'
import type { Ledger } from './ledger/ledger.ts'
import type { ReadBuild } from './output/read-build.ts'
import { inspectEdition } from './run-inspect.ts'
import type { SendContext, SendRequest } from './run-send-contract.ts'

/** A runner's disk is thrown away, and with it the memory of who got what. Throws `ledger-not-persistent`. */
export function refuseLostLedger({ env, ledgerPlace, ledgerIsPersistent = false }: SendRequest): void {
  if (isInPostgres(ledgerPlace) || ledgerIsPersistent || (env.CI ?? '') === '' || env.CI === 'false') return
  throw new UserError({
    code: 'ledger-not-persistent',
    message: 'CI is set, so this disk may be thrown away after the run, and with a SQLite ledger the memory of who got the edition',
    expected: 'DATABASE_URL=postgres://… , or a ledger on a disk that stays',
    hint: 'Name a PostgreSQL in DATABASE_URL; or, where the file of the ledger is kept from run to run, add --ledger-is-persistent.',
  })
}

/**
 * The edition file is the memory of editions that another service sent, or another ledger. Throws `edition-sent` where it says so and this ledger knows of no sending,
 * unless there is a reason to send all the same.
 */
export async function refuseSentElsewhere(context: SendContext, { kind }: SendingPlan): Promise<void> {
  const { request, build, ledger } = context
  if ((kind !== 'begin' && kind !== 'wait') || (request.kind ?? 'edition') !== 'edition' || isReason(request.force)) return
  const sent = await readForeignMark(context)
  if (sent === null) return
  throw new UserError({
    code: 'edition-sent',
    message: `${build.edition.id} is marked as sent${sent.at === null ? '' : ` (${sent.at})`}, and this ledger (${ledger.description}) knows of no sending: whoever got it then would get it twice`,
    place: { file: sent.file },
    hint: `Where another ledger sent it, use that one (DATABASE_URL, or the file under "ledger"). To send it all the same, give a reason, which is stored: --force "why".`,
  })
}

/** What the edition file says of a sending that this ledger does not know, to no list. */
export async function readForeignMark({ request, build, ledger }: SendContext): Promise<SentMark | null> {
  const { editions: folder, displayRoot } = request.config.paths
  const { id } = build.edition
  const begun = await ledger.db
    .selectFrom('sendings')
    .select('id')
    .where('edition', '=', id)
    .where('startedAt', 'is not', null)
    .limit(1)
    .execute()
  return begun.length > 0 ? null : readSentMark({ folder, displayRoot }, id)
}

function isReason(force: string | undefined): boolean {
  return (force ?? '').trim() !== ''
}

const shownErrors = 3

/** All findings. Errors throw `checks-failed`, unless there is a reason to send all the same; what only a sending needs is an error here. */
export async function requireChecks({ config, force }: SendRequest, build: ReadBuild): Promise<readonly Finding[]> {
  const findings = await inspectEdition({ config, ...build, purpose: 'send' })
  const errors = findings.filter(({ severity }) => severity === 'error')
  if (errors.length === 0 || isReason(force)) return findings
  const shown = errors.slice(0, shownErrors).map(({ rule, message }) => `${withoutStop(message)} [${rule}]`)
  const more = errors.length > shownErrors ? `; and ${errors.length - shownErrors} more` : ''
  throw new UserError({
    code: 'checks-failed',
    message: `${errors.length === 1 ? 'a check found an error' : `checks found ${errors.length} errors`}, so nothing was sent: ${shown.join('; ')}${more}`,
    hint: `See where, and what to do: "news-digest check ${build.edition.id}". To send all the same, give a reason, which is stored: --force "why".`,
  })
}

function withoutStop(message: string): string {
  return message.replace(/\.$/, '')
}

/** Newcomers get the latest edition, where the configuration says that they get one. Throws `usage`. */
export async function requireWelcome({ send, list }: Config, ledger: Ledger, edition: string): Promise<void> {
  if (send.welcome === false)
    throw new UserError({
      code: 'usage',
      message: 'the configuration says that newcomers are not sent the latest edition',
      expected: 'send:\n  welcome: latest',
      hint: 'Set send.welcome, or leave --welcome out.',
    })
  const latest = await readLatestEdition(ledger, list.id, 'sent')
  if (latest === null || latest === edition) return
  throw new UserError({
    code: 'usage',
    message: `${edition} is not the edition that was sent last, and newcomers get that one`,
    expected: `news-digest send ${latest} --welcome`,
    got: edition,
    hint: 'Name that one, or "latest".',
  })
}
