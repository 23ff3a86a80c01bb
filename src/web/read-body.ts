/** Bodies of requests, of bounded length. */

import type { Context } from 'hono'

const cutShortName = 'BodyCutShort'

function cutShort(cause: unknown): never {
  throw Object.assign(new Error('the client went away in the middle of its body', { cause }), { name: cutShortName })
}

/** Whether an answer failed because whoever asked for it went away, or was too slow: no fault of ours. */
export function isCutShort(error: unknown): boolean {
  return error instanceof Error && error.name === cutShortName
}

/**
 * A request's body, or null where it is longer than that. Hono's own limit makes a new Request of one whose length is not told (chunked), which the server's kind of
 * request does not allow. Throws what `isCutShort` knows where the client goes away before its end.
 */
export async function readBody({ req }: Context, mostBytes: number): Promise<Uint8Array | null> {
  if (Number(req.header('content-length') ?? 0) > mostBytes) return null
  const pieces: Uint8Array[] = []
  let length = 0
  const reader = req.raw.body?.getReader()
  while (reader !== undefined) {
    const { done, value } = await reader.read().catch(cutShort)
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

/** A form, urlencoded or multipart, as an object of its fields, of which the last of a name counts. Null where it is longer than that, or broken. */
export async function readForm(c: Context, mostBytes: number): Promise<unknown> {
  const body = await readBody(c, mostBytes)
  return body === null ? null : parseForm(c, body)
}

/** The same of a body that has been read. */
export async function parseForm({ req }: Context, body: Uint8Array): Promise<unknown> {
  const form = await new Response(Buffer.from(body), { headers: { 'Content-Type': req.header('content-type') ?? '' } })
    .formData()
    .catch(() => null)
  return form === null ? null : Object.fromEntries(form)
}

/** JSON; null where it is broken. */
export function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString('utf8'))
  } catch {
    return null
  }
}
