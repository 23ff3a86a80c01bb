/** What databases say when they cannot be used, in words. */

import { UserError } from '../errors.ts'
import type { Ledger } from './ledger.ts'
import { movedAway } from './moved-away.ts'

/** Which ledger it was. */
type Which = Pick<Ledger, 'kind' | 'description'>

/** The error as something that its owner can mend: locks, disks, networks, passwords. Null for anything else, such as a statement that is wrong. */
export function ledgerProblem(which: Which, error: unknown): UserError | null {
  return error instanceof Error && !(error instanceof UserError) && knownReason(error) !== null ? unavailable(which, error) : null
}

/** A ledger that cannot be used, with the reason as far as it is known. */
export function unavailable({ kind, description }: Which, error: unknown): UserError {
  const { code, message } = error as Partial<NodeJS.ErrnoException>
  return new UserError({
    code: 'ledger-unavailable',
    message: `the ledger (${description}) cannot be used: ${(error instanceof Error ? knownReason(error) : null) ?? 'it reports an error'}`,
    ...(kind === 'sqlite' ? { place: { file: description } } : {}),
    got: [code, message?.split('\n')[0]].filter(each => each !== undefined && each !== '').join(': '),
    hint:
      kind === 'sqlite'
        ? 'Check that you may read and write the file and its folder, that the disk has room, and that no other program keeps it locked. The setting "ledger" names another file.'
        : 'Check that the server runs and that DATABASE_URL is right: host, port, user, password and database.',
  })
}

// https://sqlite.org/rescode.html: the low byte of an extended code is the code.
const sqliteReasons = new Map([
  [5, 'another program keeps it locked'],
  [6, 'another program keeps it locked'],
  [8, 'it cannot be written to'],
  [10, 'the disk reports an error'],
  [11, 'the file is damaged'],
  [13, 'the disk is full'],
  [14, 'the file cannot be opened'],
  [26, 'the file is no SQLite database'],
])

// Node's codes of the network and the disk, and PostgreSQL's (Appendix A).
const otherReasons = new Map([
  ['ECONNREFUSED', 'nothing answers there'],
  ['ECONNRESET', 'the connection broke'],
  ['EPIPE', 'the connection broke'],
  ['ENOTFOUND', 'its host name cannot be resolved'],
  ['EAI_AGAIN', 'its host name cannot be resolved'],
  ['ETIMEDOUT', 'it does not answer'],
  ['EACCES', 'it may not be opened'],
  ['EPERM', 'it may not be opened'],
  ['EROFS', 'it cannot be written to'],
  ['ENOSPC', 'the disk is full'],
  ['EISDIR', 'a folder stands in its place'],
  ['EEXIST', 'a file stands where its folder should be'],
  ['ENOTDIR', 'a file stands where its folder should be'],
  ['28P01', 'the password is wrong'],
  ['28000', 'the user may not log in'],
  ['3D000', 'there is no such database'],
  ['42501', 'the user may not do that'],
  ['53100', 'its disk is full'],
  ['53300', 'it has too many connections already'],
  ['55P03', 'another program keeps it locked'],
  ['57P01', 'the server was shut down'],
  ['57P02', 'the server crashed'],
  ['57P03', 'the server is just starting or stopping'],
  ['25006', 'it cannot be written to'],
])

function knownReason(error: Error): string | null {
  const { code = '', errcode } = error as Error & { code?: string; errcode?: number }
  if (errcode !== undefined) return sqliteReasons.get(errcode & 0xff) ?? null
  if (error.message === movedAway) return 'its file was removed or replaced while it was open, so start this again'
  if (/^Connection terminated|^timeout expired|Client has encountered a connection error/.test(error.message)) return 'the connection broke'
  return otherReasons.get(code) ?? null
}
