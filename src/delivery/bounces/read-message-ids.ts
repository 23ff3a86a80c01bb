/** From a Message-ID of ours to its delivery, where nothing else tells whom it went to. */

import type { Kysely } from 'kysely'
import type { Tables } from '../../ledger/tables.ts'
import { isMessageTo, messageDigest, type OwnMessageId } from '../../message/message-id.ts'
import { pageDeliveries } from '../page-deliveries.ts'
import { readSpan } from '../read-span.ts'

/** Finds a delivery's id by the Message-ID; null where no delivery of that edition has it. */
export type FindByMessageId = (db: Kysely<Tables>, id: OwnMessageId) => Promise<number | null>

const atOnce = 5000
// Low bits of an entry are the place of the delivery, high ones begin the digest: of 2^28 deliveries and more, the later ones are not found.
const placeBits = 28n
const mostPlaces = 2 ** 28

interface Index {
  readonly edition: string
  /** Sorted. */
  readonly entries: BigUint64Array
  readonly deliveries: Float64Array
}

/**
 * Looks Message-IDs of a list up. The first of an edition reads all its deliveries; 16 bytes of each are kept until an id of another edition is asked for.
 */
export function createMessageIdIndex(list: string): FindByMessageId {
  let index: Index | null = null
  return async (db, id) => {
    if (index?.edition !== id.edition) index = await readIndex(db, list, id.edition)
    for (const delivery of candidates(index, id.digest)) {
      const row = await db.selectFrom('deliveries').select('address').where('id', '=', delivery).executeTakeFirst()
      if (row !== undefined && isMessageTo(id, row.address)) return delivery
    }
    return null
  }
}

async function readIndex(db: Kysely<Tables>, list: string, edition: string): Promise<Index> {
  const sendings = await db.selectFrom('sendings').select('id').where('list', '=', list).where('edition', '=', edition).execute()
  const spans: { readonly id: number; readonly first: number; readonly last: number }[] = []
  for (const { id } of sendings) spans.push({ id, ...(await readSpan({ db }, id)) })
  const most = Math.min(
    mostPlaces,
    spans.reduce((sum, { first, last }) => sum + last - first + 1, 0),
  )
  const entries = new BigUint64Array(most)
  const deliveries = new Float64Array(most)
  let count = 0
  for (const { id, first, last } of spans) {
    let after = first - 1
    while (after < last) {
      const page = await pageDeliveries(db, id, { after, last, atOnce }).select(['id', 'address']).execute()
      for (const row of page.slice(0, most - count)) {
        entries[count] = entryOf(messageDigest(edition, row.address), count)
        deliveries[count] = row.id
        count += 1
      }
      after = page.at(-1)?.id ?? last
    }
  }
  return { edition, entries: entries.subarray(0, count).sort(), deliveries }
}

function entryOf(digest: string, place: number): bigint {
  return prefixOf(digest) | BigInt(place)
}

/** The first 36 bits, in their place. */
function prefixOf(digest: string): bigint {
  return BigInt(`0x${digest.slice(0, 9)}`) << placeBits
}

function candidates({ entries, deliveries }: Index, digest: string): readonly number[] {
  const prefix = prefixOf(digest)
  let low = 0
  let high = entries.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((entries[middle] ?? 0n) < prefix) low = middle + 1
    else high = middle
  }
  const found: number[] = []
  for (let at = low; at < entries.length && (entries[at] ?? 0n) >> placeBits === prefix >> placeBits; at++) {
    const delivery = deliveries[Number((entries[at] ?? 0n) & (2n ** placeBits - 1n))]
    if (delivery !== undefined) found.push(delivery)
  }
  return found
}
