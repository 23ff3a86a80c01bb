import { UserError } from '../errors.ts'
import type { Settings } from './config.ts'
import { displayPath } from './display-path.ts'

/** What a sender is needed for, as a sentence begins, and which one, as its end. */
export interface SenderNeed {
  readonly why: string
  readonly which: string
}

const forMessages: SenderNeed = { why: 'a message needs a sender', which: 'to an address that your relay lets you send from' }

/**
 * The address that messages come from.
 * @throws UserError `config-missing` where the configuration names none, which only a build can do without
 */
export function requireSender({ sender, paths }: Pick<Settings, 'sender' | 'paths'>, { why, which } = forMessages): string {
  if (sender.email !== undefined) return sender.email
  throw new UserError({
    code: 'config-missing',
    message: `${why}, and sender.email is not set`,
    expected: 'sender:\n  email: digest@example.com',
    hint: `Set sender.email in ${paths.config === null ? 'news-digest.yaml' : displayPath(paths.config, paths.displayRoot)} ${which}.`,
  })
}
