import { setImmediate } from 'node:timers/promises'

interface Waiting<Request, Result> {
  readonly request: Request
  readonly resolve: (result: Result) => void
  readonly reject: (error: unknown) => void
}

/**
 * Writes what many ask for at the same time in one transaction, since a durable commit takes most of the time: what comes while one is under way is the next
 * group. `write` returns a result for each request, in their order; what it throws, all of its group are told.
 */
export function groupWrites<Request, Result>(
  write: (requests: readonly Request[]) => Promise<readonly Result[]>,
): (request: Request) => Promise<Result> {
  let waiting: Waiting<Request, Result>[] = []
  let isWriting = false
  const writeAll = async () => {
    isWriting = true
    while (waiting.length > 0) {
      await setImmediate()
      const group = waiting
      waiting = []
      try {
        const results = await write(group.map(({ request }) => request))
        for (const [index, { resolve, reject }] of group.entries()) {
          const result = results[index]
          if (result === undefined) reject(new Error('a group of writes lacks a result'))
          else resolve(result)
        }
      } catch (error) {
        for (const { reject } of group) reject(error)
      }
    }
    isWriting = false
  }
  return request =>
    new Promise((resolve, reject) => {
      waiting.push({ request, resolve, reject })
      if (!isWriting) void writeAll()
    })
}
