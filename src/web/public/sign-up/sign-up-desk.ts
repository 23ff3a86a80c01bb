import { getConnInfo } from '@hono/node-server/conninfo'
import type { Context } from 'hono'
import type { Config } from '../../../config/config.ts'
import { type Bell, createBell } from '../../../delivery/bell.ts'
import type { SignUpLimits } from '../../../subscribers/request-sign-up.ts'
import { normalTag } from '../../../subscribers/tags.ts'
import { type ClientLimit, createClientLimit } from './client-limit.ts'
import { createClientFinder } from './client-of.ts'

/** What signing up depends on. */
export interface SignUpDesk {
  /** Other sites whose pages may sign people up. */
  readonly origins: ReadonlySet<string>
  readonly limits: SignUpLimits
  readonly mailsPerHour: number
  readonly tags: readonly string[]
  /** What people agree to; null: the message of their language. */
  readonly wording: string | null
  readonly clients: ClientLimit
  readonly clientOf: (c: Context) => string | null
  /** Rings when a mail waits. */
  readonly mailWaits: Bell
}

/** In hours: no mail waits longer because others are before it; where one would, nothing more is taken on. */
const longestWait = 24

/** The desk of a configuration; null where it has no `signUp`. */
export function createSignUpDesk({ signUp, serve }: Pick<Config, 'signUp' | 'serve'>): SignUpDesk | null {
  if (signUp === undefined) return null
  const find = createClientFinder(serve.trustProxy)
  return {
    origins: new Set(signUp.origins.map(each => new URL(each).origin)),
    limits: { perMailbox: signUp.perAddress, waiting: longestWait * signUp.mailsPerHour },
    mailsPerHour: signUp.mailsPerHour,
    tags: signUp.tags.flatMap(tag => normalTag(tag) ?? []),
    wording: signUp.wording ?? null,
    clients: createClientLimit(signUp.perClient),
    clientOf: c => find({ socket: getConnInfo(c).remote.address, forwarded: c.req.header('x-forwarded-for') }),
    mailWaits: createBell(),
  }
}
