import { sql } from 'kysely'
import { jsonRows } from '../ledger/json-rows.ts'
import type { Ledger } from '../ledger/ledger.ts'
import { onList } from './page-subscribers.ts'
import type { Segment } from './segment.ts'
import { subscriberFilter } from './segment-condition.ts'
import { tagsJson, tagsOf } from './tags.ts'

/** Which tags to put on or take off, and whom. */
export interface TagRequest {
  readonly list: string
  readonly tags: readonly string[]
  readonly action: 'tag' | 'untag'
  readonly onProgress: (done: number) => void
}

/** How many there were, and how many of them changed. */
export interface Tagged {
  readonly found: number
  readonly changed: number
}

const pageSize = 1000

/** Tags everybody in a segment, some at a time, each with a short lock. Doing it again changes nothing. */
export async function tagSegment(ledger: Ledger, segment: Segment | null, request: TagRequest): Promise<Tagged> {
  let [found, changed] = [0, 0]
  for (let last = 0; ; ) {
    const page = await ledger.db
      .selectFrom('subscribers')
      .select('subscribers.id')
      .where(onList(request.list, ledger.kind))
      .where('subscribers.id', '>', last)
      .where(subscriberFilter(segment, ledger.kind))
      .orderBy('subscribers.id')
      .limit(pageSize)
      .execute()
    changed += await tagPage(
      ledger,
      page.map(({ id }) => id),
      request,
    )
    found += page.length
    request.onProgress(found)
    if (page.length < pageSize) return { found, changed }
    last = page.at(-1)?.id ?? last
  }
}

/** Tags the people of these normal addresses. `unknown`: those who are not on the list. */
export async function tagAddresses(
  ledger: Ledger,
  addresses: readonly string[],
  request: TagRequest,
): Promise<Tagged & { readonly unknown: readonly string[] }> {
  let [found, changed] = [0, 0]
  const unknown: string[] = []
  for (let start = 0; start < addresses.length; start += pageSize) {
    const some = addresses.slice(start, start + pageSize)
    const rows = await ledger.db
      .selectFrom('subscribers')
      .select(['id', 'address'])
      .where('list', '=', request.list)
      .where('address', 'in', some)
      .execute()
    const known = new Set(rows.map(({ address }) => address))
    unknown.push(...some.filter(address => !known.has(address)))
    found += rows.length
    changed += await tagPage(
      ledger,
      rows.map(({ id }) => id),
      request,
    )
    request.onProgress(found)
  }
  return { found, changed, unknown }
}

async function tagPage(ledger: Ledger, ids: readonly number[], { tags, action }: TagRequest): Promise<number> {
  if (ids.length === 0) return 0
  return ledger.write(async db => {
    const rows = await db
      .selectFrom('subscribers')
      .select(['id', 'tagsJson'])
      .where('id', 'in', ids)
      .$if(ledger.kind === 'postgres', query => query.forUpdate())
      .execute()
    const changes = rows.flatMap(({ id, tagsJson: before }) => {
      const old = tagsOf(before)
      const after = tagsJson(action === 'tag' ? [...old, ...tags] : old.filter(tag => !tags.includes(tag)))
      return after === before ? [] : [[id, after]]
    })
    if (changes.length === 0) return 0
    const columns = [
      { name: 'id', type: 'bigint' },
      { name: 'tagsJson', type: 'text' },
    ] as const
    await sql`
      update subscribers set tags_json = input.tags_json from ${jsonRows(ledger.kind, columns, changes)} as input
      where subscribers.id = input.id`.execute(db)
    return changes.length
  })
}
