/** Rates and limits as a configuration writes them. */

const seconds = { s: 1, m: 60, h: 3600, d: 86_400 } as const

/** What may go to one recipient domain. */
export interface DomainLimit {
  /** Open connections that are busy with this domain at once. */
  readonly connections: number | null
  /** Messages a second. */
  readonly rate: number | null
}

/** `14/s`, `300/m`, `5000/h` or `50000/d` in messages a second; null for anything else, and for a rate of nothing. */
export function parseRate(text: string): number | null {
  const [, count, unit] = /^(\d{1,9}(?:\.\d{1,3})?)\s*\/\s*([smhd])$/.exec(text.trim()) ?? []
  const rate = count === undefined ? 0 : Number(count) / seconds[unit as keyof typeof seconds]
  return rate > 0 ? rate : null
}

/** `20 connections`, `10/s`, or both with a comma between them; null for anything else. */
export function parseDomainLimit(text: string): DomainLimit | null {
  let limit: DomainLimit = { connections: null, rate: null }
  for (const part of text.split(',').map(each => each.trim())) {
    const connections = /^([1-9]\d{0,3})\s+connections?$/.exec(part)?.[1]
    const rate = parseRate(part)
    if (connections === undefined && rate === null) return null
    limit = connections === undefined ? { ...limit, rate } : { ...limit, connections: Number(connections) }
  }
  return limit
}
