/** The subscriber's side of a publication behind a server of its own, for as long as a test lasts. */

import { onTestFinished } from 'vitest'
import type { Config } from '../../../src/config/config.ts'
import { readConfig } from '../../../src/config/read-config.ts'
import { openLedger } from '../../../src/ledger/open-ledger.ts'
import { createLinkToken, type LastingPurpose } from '../../../src/message/link-token.ts'
import { parseSecret } from '../../../src/message/secret-keys.ts'
import type { AnsweredRequest } from '../../../src/web/public/create-public-app.ts'
import { type PublicRequest, servePublic } from '../../../src/web/public/serve-public.ts'
import { type Publication, secret } from '../../delivery/publication.ts'

/** Starts it at a free port of 127.0.0.1. `changes` are what it is started with besides. */
export async function startPublic(
  { cwd, place }: Pick<Publication, 'cwd' | 'place'>,
  changes: (config: Config) => Partial<PublicRequest> | Promise<Partial<PublicRequest>> = () => ({}),
) {
  const ledger = await openLedger(place)
  const config = await readConfig({ cwd, file: null })
  const keys = parseSecret(secret)
  const faults: unknown[] = []
  const answered: AnsweredRequest[] = []
  const { port, close } = await servePublic({
    config,
    publicUrl: config.links.publicUrl ?? '',
    ledger,
    secret: keys,
    clock: () => new Date(),
    host: '127.0.0.1',
    port: 0,
    onFault: error => void faults.push(error),
    onAnswered: each => void answered.push(each),
    ...(await changes(config)),
  })
  onTestFinished(async () => {
    await close()
    await ledger.close()
  })
  return {
    port,
    close,
    ledger,
    faults,
    answered,
    /** The path of somebody's link. */
    linkOf: (subscriber: number, purpose: LastingPurpose) =>
      `/${purpose}/${createLinkToken({ purpose, list: config.list.id, subscriber, epoch: 0 }, keys)}`,
  }
}
