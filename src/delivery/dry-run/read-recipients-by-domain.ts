import type { Ledger } from '../../ledger/ledger.ts'

/** How many deliveries of a sending go to each of these domains; one that none goes to is left out. */
export async function readRecipientsByDomain(
  { db }: Ledger,
  sendingId: number,
  domains: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const counts = await db
    .selectFrom('deliveries')
    .select(['domain', eb => eb.fn.countAll<number>().as('recipients')])
    .where('sendingId', '=', sendingId)
    .where('domain', 'in', domains)
    .groupBy('domain')
    .execute()
  return new Map(counts.map(({ domain, recipients }) => [domain, recipients]))
}
