/** Which messages of a dry run to keep: few, and as different as the list has them. */

import { sql } from 'kysely'
import type { Ledger } from '../../ledger/ledger.ts'

/** A delivery whose message is kept. */
export interface Sample {
  readonly delivery: number
  /** What it was chosen for, the first reason first: `longest name`, `in fa`, `subject B` … */
  readonly why: readonly string[]
}

const mostLanguages = 5

/** Chooses at most `most` deliveries of a sending in a SQLite ledger; where the list has fewer kinds, the first of all fill them up. */
export async function readSamples({ db }: Ledger, sendingId: number, most: number): Promise<readonly Sample[]> {
  const of = sql`from deliveries join subscribers on subscribers.id = deliveries.subscriber_id
    where deliveries.sending_id = ${sendingId} and deliveries.state = 'pending'`
  const name = sql`trim(coalesce(subscribers.name, ''))`
  const { rows: languages } = await sql<{ language: string }>`
    select language ${of} and coalesce(language, '') <> '' group by language order by count(*) desc, language limit ${mostLanguages}`.execute(
    db,
  )
  const longest = (text: ReturnType<typeof sql>) => sql`order by length(${text}) desc, deliveries.id`
  const kinds: readonly (readonly [string, ReturnType<typeof sql>])[] = [
    ['longest name', sql`and ${name} <> '' ${longest(name)}`],
    ['no name', sql`and ${name} = ''`],
    // Hebrew, Arabic and what is written like them: U+0590 to U+08FF.
    ['name from right to left', sql`and ${name} glob '*[\u0590-\u08ff]*' ${longest(name)}`],
    ['name beyond ASCII', sql`and ${name} glob '*[^ -~]*' and not ${name} glob '*[\u0590-\u08ff]*' ${longest(name)}`],
    ['longest address', longest(sql`deliveries.address`)],
    [
      'international domain',
      sql`and (deliveries.domain like 'xn--%' or deliveries.domain like '%.xn--%') ${longest(sql`deliveries.domain`)}`,
    ],
    ['address beyond ASCII', sql`and deliveries.address glob '*[^ -~]*'`],
    ['subject A', sql`and deliveries.variant = 'A'`],
    ['subject B', sql`and deliveries.variant = 'B'`],
    ...languages.map(({ language }) => [`in ${language}`, sql`and subscribers.language = ${language}`] as const),
  ]
  const chosen = new Map<number, string[]>()
  const add = (id: number, why: string) => {
    const reasons = chosen.get(id)
    if (reasons !== undefined) reasons.push(why)
    else if (chosen.size < most) chosen.set(id, [why])
  }
  for (const [why, condition] of kinds) {
    const { rows } = await sql<{ id: number }>`select deliveries.id as id ${of} ${condition} limit 1`.execute(db)
    for (const { id } of rows) add(id, why)
  }
  const { rows: first } = await sql<{ id: number }>`select deliveries.id as id ${of} order by deliveries.id limit ${most * 2}`.execute(db)
  for (const { id } of first) if (!chosen.has(id)) add(id, 'one of the first')
  return [...chosen].map(([delivery, why]) => ({ delivery, why }))
}
