import path from 'node:path'
import { openStates } from '../delivery/next-steps.ts'
import { UserError } from '../errors.ts'
import { hasLedger } from '../ledger/has-ledger.ts'
import type { LedgerPlace } from '../ledger/ledger.ts'
import { count } from '../report/count.ts'
import { formatSendings } from '../report/format-sendings.ts'
import { formatStatus } from '../report/format-status.ts'
import { recipientCsv, recipientCsvHead } from '../report/recipient-csv.ts'
import { type EditionStatusRequest, eachRecipient, listSendings, reportEdition } from '../run-status.ts'
import type { CommandContext, CommandResult } from './command.ts'
import { readLedgerSettings, requireSent } from './ledger-place.ts'
import type { Flags } from './program.ts'
import { sendingsJson, statusJson } from './status-json.ts'
import { type WriteText, writeToFile, writeToOutput } from './write-rows.ts'

/** Says what became of every recipient: of one edition, or in short of all. Exit code 1 while something is still to be sent, settled or decided. */
export async function runStatus(edition: string | undefined, flags: Flags, context: CommandContext): Promise<CommandResult> {
  const { settings, place } = await readLedgerSettings(flags, context)
  const list = settings.list.id
  requireCsvFor(edition, flags)
  if (edition === undefined) return statusOfAll(place, list, context)
  requireSent(place)
  const request = { place, list, edition }
  return flags.csv === true ? statusAsCsv(request, flags, context) : statusOfOne(request, context)
}

async function statusOfAll(place: LedgerPlace, list: string, { columns, paint }: CommandContext): Promise<CommandResult> {
  const { sendings, isIncomplete } = hasLedger(place) ? await listSendings({ place, list }) : { sendings: [], isIncomplete: false }
  return {
    exitCode: isIncomplete ? 1 : 0,
    text: formatSendings(sendings, columns, paint),
    json: { sendings: sendingsJson(sendings) },
    notes: '',
  }
}

async function statusOfOne(request: EditionStatusRequest, { columns, paint, now }: CommandContext): Promise<CommandResult> {
  const report = await reportEdition({ ...request, now })
  return {
    exitCode: report.isIncomplete ? 1 : 0,
    text: formatStatus(report, columns, paint),
    json: { status: statusJson(report) },
    notes: '',
  }
}

/** Straight to where it goes: a list of a million recipients is never held. */
async function statusAsCsv(request: EditionStatusRequest, { out }: Flags, { cwd }: CommandContext): Promise<CommandResult> {
  let open = 0
  let written = 0
  const work = async (write: WriteText) => {
    let head = recipientCsvHead
    await eachRecipient(request, rows => {
      written += rows.length
      open += rows.filter(({ state }) => openStates.includes(state)).length
      const text = head + recipientCsv(rows)
      head = ''
      return write(text)
    })
    if (head !== '') await write(head)
  }
  if (typeof out === 'string') await writeToFile(path.resolve(cwd, out), work)
  else await writeToOutput(work)
  const text = typeof out === 'string' ? `${count(written, 'recipient')} written to ${out}.\n` : ''
  return { exitCode: open > 0 ? 1 : 0, text, json: null, notes: '' }
}

function requireCsvFor(edition: string | undefined, { csv, out, json }: Flags): void {
  const problem =
    csv === true && edition === undefined
      ? '--csv needs an edition'
      : csv === true && json === true
        ? '--csv and --json are two forms of the same'
        : out !== undefined && csv !== true
          ? '--out is for --csv'
          : null
  if (problem === null) return
  throw new UserError({
    code: 'usage',
    message: problem,
    expected: 'news-digest status 2026-w06 --csv --out recipients.csv',
    hint: 'Run "news-digest status --help" for what is understood.',
  })
}
