import type { Post } from '../content/post.ts'

/** What may name a post elsewhere: in an edition file, or in the record of an earlier edition. */
export interface PostName {
  readonly slug: string
  readonly canonical: string | null
}

/** Finds things by the names that a post goes, or once went, by: slug, canonical URL, own URL, and both of every alias. */
export interface NameIndex<Named> {
  readonly find: (post: Post) => readonly Named[]
}

/** Indexes named things, so that looking up a post costs the same however many there are. */
export function indexByName<Named extends PostName>(all: readonly Named[]): NameIndex<Named> {
  const byKey = new Map<string, Named[]>()
  for (const named of all) {
    for (const key of keysOfName(named)) {
      const others = byKey.get(key)
      if (others === undefined) byKey.set(key, [named])
      else others.push(named)
    }
  }
  const hasUrls = all.some(named => named.canonical !== null)
  return {
    find: post => {
      if (byKey.size === 0) return []
      const found = keysOfPost(post, hasUrls).flatMap(key => byKey.get(key) ?? [])
      return found.length > 1 ? [...new Set(found)] : found
    },
  }
}

/** Whether a name means this post. */
export function isNamed(post: Post, name: PostName): boolean {
  const keys = keysOfPost(post, name.canonical !== null)
  return keysOfName(name).some(key => keys.includes(key))
}

function keysOfName({ slug, canonical }: PostName): string[] {
  return canonical === null ? [slugKey(slug)] : [slugKey(slug), urlKey(canonical)]
}

/** `withUrls` only where something is named by an address: taking 20,000 of them apart takes longer than all the rest of a selection. */
function keysOfPost({ slug, canonical, url, aliases }: Post, withUrls: boolean): string[] {
  const keys = [slugKey(slug)]
  if (withUrls) keys.push(urlKey(url))
  if (withUrls && canonical !== null) keys.push(urlKey(canonical))
  for (const alias of aliases) keys.push(...keysOfAlias(alias, url))
  return keys
}

// Folders of a site are few; all ends of a path of thousands would take the square of its length.
const mostSteps = 20

/** An alias is a slug, a path or an address; a path's end may be a slug: `/blog/2024/old-name/` was `2024/old-name` or `old-name`. */
function keysOfAlias(alias: string, url: string): string[] {
  const address = URL.parse(alias, url)
  const steps = (address?.pathname ?? alias)
    .replace(/\.html?$/, '')
    .split('/')
    .filter(step => step !== '')
    .slice(-mostSteps)
  const tails = steps.map((_, index) => slugKey(decode(steps.slice(index).join('/'))))
  return [slugKey(alias), ...tails, ...(address === null ? [] : [urlKey(address.href)])]
}

function slugKey(slug: string): string {
  return `slug ${slug}`
}

/** Scheme, letter case of the host, a closing slash and a fragment make no difference to where an address leads. */
function urlKey(url: string): string {
  const [, host = '', rest = ''] = /^(?:https?:)?\/\/([^/?#]*)([^#]*)/i.exec(url) ?? ['', '', url]
  return `url ${host.toLowerCase()}${rest.replace(/(?<!\/)\/+$/, '')}`
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
