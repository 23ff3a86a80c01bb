/** What somebody who signs up has sent. */

import type { Context } from 'hono'
import * as z from 'zod'
import { parseForm, parseJson } from '../../read-body.ts'

/** How it is sent, and so how it is answered. */
export type SignUpMedia = 'form' | 'json'

/** As it was written; what is not there is empty. `homepage` is a field that people do not see: whoever fills it is a bot. */
export interface GivenSignUp {
  readonly email: string
  readonly name: string
  readonly language: string
  readonly homepage: string
}

const text = (longest: number) => z.string().max(longest).default('')
const form = z.object({ email: z.string().max(2000), name: text(2000), language: text(40), homepage: text(2000) })

/** Null for anything but a form or JSON. */
export function mediaOf(c: Context): SignUpMedia | null {
  const [type = ''] = (c.req.header('content-type') ?? '').split(';')
  switch (type.trim().toLowerCase()) {
    case 'application/json':
      return 'json'
    case 'application/x-www-form-urlencoded':
    case 'multipart/form-data':
      return 'form'
    default:
      return null
  }
}

/** Reads it; null where it is broken, or has something else where a text belongs. */
export async function readSignUpForm(c: Context, media: SignUpMedia, body: Uint8Array): Promise<GivenSignUp | null> {
  const given = form.safeParse(media === 'json' ? parseJson(body) : await parseForm(c, body))
  return given.success ? given.data : null
}
