import { readBegunEmail } from './delivery/read-sent-editions.ts'
import { UserError } from './errors.ts'
import { hasLedger } from './ledger/has-ledger.ts'
import { withLedgerToRead } from './ledger/read-only-ledger.ts'
import { type ReadBuild, readBuild } from './output/read-build.ts'
import type { SendRequest } from './run-send-contract.ts'
import { parseEditionId } from './selection/edition-id.ts'

/** What is to be sent: a build, or with its email replaced by the one that the sending to the list began with. That one was checked then. */
export interface WhatToSend {
  readonly build: ReadBuild
  readonly isAsBegun: boolean
}

/**
 * The build; with `asBegun`, and for those who get an edition later than the list, as the sending began with it: all readers have the same.
 * @throws UserError as `readBuild`, and `sending-unknown` where nothing has begun that `asBegun` could mean
 */
export async function readWhatToSend(
  request: Pick<SendRequest, 'config' | 'editionId' | 'ledgerPlace' | 'kind' | 'asBegun'>,
): Promise<WhatToSend> {
  const { config, ledgerPlace, editionId, kind = 'edition', asBegun = false } = request
  const { id } = parseEditionId(editionId)
  const build = await readBuild({ out: config.paths.out, id, displayRoot: config.paths.displayRoot })
  if (!asBegun && kind === 'edition') return { build, isAsBegun: false }
  const email = hasLedger(ledgerPlace)
    ? await withLedgerToRead(ledgerPlace, ledger => readBegunEmail(ledger, config.list.id, id, kind))
    : null
  if (email !== null) return { build: { ...build, email }, isAsBegun: true }
  if (!asBegun) return { build, isAsBegun: false }
  throw new UserError({
    code: 'sending-unknown',
    message: `no sending of ${id} has begun, so there is nothing that --as-begun could go on with`,
    hint: 'Leave --as-begun out: what was built is sent.',
  })
}
