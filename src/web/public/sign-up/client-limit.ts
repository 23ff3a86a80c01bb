/** How often one client may ask. In the memory of this process: several of them count each for itself, and a restart begins anew. */

/** What a limit says of a request. */
export type ClientTurn = { readonly kind: 'free' } | { readonly kind: 'over'; readonly retryAfter: number }

/** A limit. `now` in milliseconds, `retryAfter` in whole seconds. */
export interface ClientLimit {
  /** Counts a request, unless there have been too many within the last hour. */
  readonly take: (client: string, now: number) => ClientTurn
}

const hour = 3_600_000
const usualClients = 20_000

/** A limit of `most` requests in any hour. It remembers so many clients, those that asked last; a flood of others makes it forget, and never grow. */
export function createClientLimit(most: number, clients = usualClients): ClientLimit {
  const asked = new Map<string, readonly number[]>()
  return {
    take: (client, now) => {
      const recent = (asked.get(client) ?? []).filter(at => at > now - hour)
      const [first] = recent
      const isOver = first !== undefined && recent.length >= most
      // Deleted first, so that it is the last in the order of the map.
      asked.delete(client)
      asked.set(client, isOver ? recent : [...recent, now])
      const [oldest] = asked.keys()
      if (asked.size > clients && oldest !== undefined) asked.delete(oldest)
      return isOver ? { kind: 'over', retryAfter: Math.max(1, Math.ceil((first + hour - now) / 1000)) } : { kind: 'free' }
    },
  }
}
