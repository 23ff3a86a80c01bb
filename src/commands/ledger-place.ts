import type { Settings } from '../config/config.ts'
import { displayPath } from '../config/display-path.ts'
import { readSettings } from '../config/read-config.ts'
import { UserError } from '../errors.ts'
import { hasLedger } from '../ledger/has-ledger.ts'
import type { LedgerPlace } from '../ledger/ledger.ts'
import type { CommandContext } from './command.ts'
import { textOf } from './flag-values.ts'
import type { Flags } from './program.ts'

/** Where the ledger of a publication is: the SQLite file of the configuration, or the PostgreSQL of the variable DATABASE_URL. */
export function ledgerPlaceOf({ paths }: Pick<Settings, 'paths'>, env: Readonly<Record<string, string | undefined>>): LedgerPlace {
  return { file: paths.ledger, databaseUrl: env.DATABASE_URL, displayRoot: paths.displayRoot }
}

/** What a command begins with that works on the ledger alone: settings, which need not know a site, and the ledger's place. */
export interface LedgerSettings {
  readonly settings: Settings
  readonly place: LedgerPlace
}

/** Reads the settings, and says where the ledger is. */
export async function readLedgerSettings(flags: Flags, { cwd }: CommandContext): Promise<LedgerSettings> {
  const settings = await readSettings({ cwd, file: textOf(flags.config) })
  return { settings, place: ledgerPlaceOf(settings, process.env) }
}

/** For commands about what was sent. @throws UserError `sending-unknown` where there is not even a ledger */
export function requireSent(place: LedgerPlace): void {
  if (hasLedger(place)) return
  throw new UserError({
    code: 'sending-unknown',
    message: 'nothing has been sent yet: there is no ledger',
    expected: displayPath(place.file, place.displayRoot),
    hint: 'Send an edition first: "news-digest send latest". Where it was sent from another machine, look there, or set DATABASE_URL as it is there.',
  })
}
