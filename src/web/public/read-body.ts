import type { Context } from 'hono'

/**
 * A request's body, or null where it is longer than that. Hono's own limit makes a new Request of one whose length is not told (chunked), which the server's kind of
 * request does not allow.
 */
export async function readBody({ req }: Context, mostBytes: number): Promise<Uint8Array | null> {
  if (Number(req.header('content-length') ?? 0) > mostBytes) return null
  const pieces: Uint8Array[] = []
  let length = 0
  const reader = req.raw.body?.getReader()
  while (reader !== undefined) {
    const { done, value } = await reader.read()
    if (done) break
    length += value.length
    if (length > mostBytes) {
      await reader.cancel()
      return null
    }
    pieces.push(value)
  }
  return Buffer.concat(pieces)
}
