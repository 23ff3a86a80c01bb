import type { Config } from '../config/config.ts'
import { hasLedger } from '../ledger/has-ledger.ts'
import type { LedgerPlace } from '../ledger/ledger.ts'
import type { Flags } from './program.ts'

/** Where `latest` is looked for. `newest`: the newest build. */
export interface LatestRequest {
  readonly config: Config
  readonly place: LedgerPlace
  readonly newest: string
}

/** What `latest` means to `send`: the newest edition that has been built; for what only follows a sending, the one that was sent last. */
export async function findLatest(flags: Flags, { config: { list }, place, newest }: LatestRequest): Promise<string> {
  const follows =
    flags.late === true || flags.welcome === true || flags.asBegun === true || flags.retryUncertain === true || flags.winner !== undefined
  if (!follows || !hasLedger(place)) return newest
  const { withLedger } = await import('../ledger/open-ledger.ts')
  const { readLatestEdition } = await import('../delivery/read-earlier-sendings.ts')
  return (await withLedger(place, ledger => readLatestEdition(ledger, list.id, 'sent'))) ?? newest
}
