/** What reading is told: where the posts lie and what their publication is like. */

/** Options of `readPosts` and `readFullPosts`. Folders are absolute. */
export interface ReadOptions {
  /** The content folder. */
  readonly dir: string
  /** Where the index of earlier readings is kept; null reads everything anew and writes nothing. */
  readonly cacheDir: string | null
  /** Folders that hold no posts although they may lie inside `dir`: editions, templates, out. */
  readonly exclude: readonly string[]
  /** Root of the site: every address is made absolute with it. */
  readonly siteUrl: string
  /** BCP 47 language of posts that name none. */
  readonly language: string
  /** IANA zone in which a date without a time is a calendar day. */
  readonly timeZone: string
  /** Address of a post under `siteUrl`: `{slug}`, `{path}`, `{language}`, `{year}`, `{month}`, `{day}`. */
  readonly urlPattern: string
  /** Our field name to the name, or names in order, that the front matter uses; dots reach into maps. */
  readonly fields: Readonly<Record<string, string | readonly string[]>>
  /** Globs, relative to `dir`, of files to pass over. */
  readonly ignore: readonly string[]
  /** Folder that places in problems are shown relative to. */
  readonly displayRoot: string
  /** Called now and then while files are read, and once at the end. */
  readonly onProgress?: (done: number, total: number) => void
}
