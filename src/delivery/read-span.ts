import type { Ledger } from '../ledger/ledger.ts'

/** The ids between which all deliveries of a sending lie: one snapshot wrote them, so hardly any other lies there. Both 0 where there are none. */
export async function readSpan({ db }: Pick<Ledger, 'db'>, sendingId: number): Promise<{ readonly first: number; readonly last: number }> {
  const { first, last } = await db
    .selectFrom('deliveries')
    .select(eb => [eb.fn.min('id').as('first'), eb.fn.max('id').as('last')])
    .where('sendingId', '=', sendingId)
    .executeTakeFirstOrThrow()
  // Of no rows they are null, whatever the types say.
  return { first: (first as number | null) ?? 0, last: (last as number | null) ?? 0 }
}
