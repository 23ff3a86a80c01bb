import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Config } from '../config/config.ts'
import { displayPath } from '../config/display-path.ts'
import { UserError } from '../errors.ts'
import { createSigner, type MessageSigner } from './dkim.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** What signing depends on besides the configuration. */
export interface Signing {
  /** The sender's address. */
  readonly from: string
  /** Headers that a relay replaces: they are not signed. */
  readonly replacedByRelay: readonly string[]
}

/**
 * What signs messages, as the configuration asks for; null where it leaves that to the relay. The key comes out of its file or out of `env`.
 * @throws UserError `dkim-invalid` where there is no key, or one that will not do
 */
export async function readSigner(
  { dkim, paths }: Pick<Config, 'dkim' | 'paths'>,
  env: Environment,
  { from, replacedByRelay }: Signing,
): Promise<MessageSigner | null> {
  if (dkim === undefined) return null
  const fromDomain = from.slice(from.lastIndexOf('@') + 1)
  return createSigner({
    domain: dkim.domain ?? fromDomain,
    selector: dkim.selector,
    fromDomain,
    privateKeyPem: dkim.keyFile === undefined ? keyOf(env) : await readKey(path.resolve(paths.root, dkim.keyFile), paths.displayRoot),
    replacedByRelay,
  })
}

function keyOf({ NEWS_DIGEST_DKIM_KEY: key = '' }: Environment): string {
  if (key.trim() !== '') return key
  throw new UserError({
    code: 'dkim-invalid',
    message: 'the configuration asks for DKIM, and there is no key: neither dkim.keyFile nor NEWS_DIGEST_DKIM_KEY is set',
    hint: 'Set one of them, or take "dkim" out of the configuration where your relay signs.',
  })
}

async function readKey(file: string, displayRoot: string): Promise<string> {
  return readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new UserError({
      code: 'dkim-invalid',
      message: 'the file of the DKIM key cannot be read',
      place: { file: displayPath(file, displayRoot) },
      got: error.code ?? error.message,
      hint: 'Check dkim.keyFile in the configuration; its path is relative to that file.',
    })
  })
}
