/** The configuration after reading: paths absolute, flags applied. What every later step is given. */

import type { ConfigFile } from './schema.ts'

/** Folders and files, absolute. */
export interface Paths {
  /** Folder that places in messages are relative to: the working folder. */
  readonly displayRoot: string
  /** Where relative paths of the configuration begin: the file's folder, or the working folder without a file. */
  readonly root: string
  /** The configuration file; null when there is none. */
  readonly config: string | null
  readonly content: string
  readonly editions: string
  /** Null when `content.assets` is not set. */
  readonly assets: string | null
  readonly templates: string
  readonly out: string
  readonly cache: string
  /** The SQLite file of the ledger. */
  readonly ledger: string
}

/** What the file says, whether or not `site.url` is set: enough for what renders nothing, such as keeping the list. */
export interface Settings extends Omit<ConfigFile, '$schema'> {
  readonly paths: Paths
}

/** `site.url` is set: reading refuses a configuration without it. */
export interface Config extends Settings {
  readonly site: ConfigFile['site'] & { readonly url: string }
}
