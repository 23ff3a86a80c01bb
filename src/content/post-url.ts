/** Slugs, addresses of posts, and the references inside them: made absolute, or dropped where following them would be unsafe. */

import type { CalendarDay } from './post.ts'
import { isPrivateHost } from './private-host.ts'

/** Parts that `{…}` of a pattern stand for. `path` is asked for only by patterns that hold it. */
export interface UrlParts {
  readonly slug: string
  readonly path: () => string
  readonly language: string
  readonly day: CalendarDay
}

/** What a site's pattern says about the posts below it. */
export interface UrlMaker {
  /** The address of a post. */
  readonly urlOf: (parts: UrlParts) => string
  /**
   * The slug that a file's path gives: `hello` of `2024-01-02-hello.md`, `10.hello.md` and `hello/index.md`; folders stay (`2024/hello`), except
   * those that the pattern begins with: `blog/hello` under `/blog/{slug}` is `hello`. Expects a path relative to the content folder, without
   * extension, locale folder or locale suffix.
   */
  readonly slugFromPath: (path: string) => string
}

/** Reads a pattern such as `/blog/{year}/{slug}` once for all posts of a site. */
export function urlMaker(siteUrl: string, pattern: string): UrlMaker {
  // Texts and names by turns, a text first.
  const pieces = pattern.split(/\{(slug|path|language|year|month|day)\}/)
  const start = underSite(siteUrl, pieces[0] ?? '')
  const fixed = (pieces[0] ?? '').split('/').filter(segment => segment !== '')
  return {
    urlOf: parts =>
      pieces.reduce((url, piece, index) => (index === 0 ? start : url + (index % 2 === 1 ? encodePath(partOf(piece, parts)) : piece)), ''),
    slugFromPath: path => slugFromPath(path, fixed),
  }
}

function partOf(name: string, parts: UrlParts): string {
  if (name === 'slug') return parts.slug
  if (name === 'path') return parts.path()
  if (name === 'language') return parts.language
  return name === 'year' ? parts.day.slice(0, 4) : name === 'month' ? parts.day.slice(5, 7) : parts.day.slice(8)
}

function slugFromPath(path: string, fixed: readonly string[]): string {
  const segments = path.split('/')
  if (segments.length > 1 && segments.at(-1)?.toLowerCase() === 'index') segments.pop()
  const repeats = segments.length > fixed.length && fixed.every((segment, index) => segments[index] === segment)
  return (repeats ? segments.slice(fixed.length) : segments)
    .filter(segment => segment !== '_posts' && segment !== '_drafts')
    .map(withoutPrefix)
    .join('/')
}

/** Takes `2024-01-02-`, `10.` or `03-` off; what would leave nothing, or a version such as `1.45.1`, stays. */
function withoutPrefix(segment: string): string {
  return segment.replace(/^\d{4}-\d{2}-\d{2}[-_.]?(?=.)/, '').replace(/^(?:\d{1,4}\.(?=[^\d.])|0\d{1,2}[-_.](?=.))/, '')
}

// What browsers and servers in use still take as an address (RFC 9110 §4.1 asks for 8,000 octets; old ones stop at 2,083).
const longestSlug = 2000

/** What is wrong with a slug, as a clause that completes "the slug …"; null when nothing is. Inner slashes are folders of the site. */
export function slugFault(slug: string): string | null {
  if (slug === '') return 'is empty'
  if (/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u.test(slug) || !slug.isWellFormed()) return 'holds control characters'
  if (/[\\?#]|:\/\//.test(slug)) return 'holds a character that ends a path: \\ ? # ://'
  if (slug.split('/').some(isDots)) return 'climbs out of its folder with ".."'
  if (slug.includes('//') || slug.startsWith('/') || slug.endsWith('/')) return 'has an empty folder name'
  if (slug.length > longestSlug) return `is longer than ${longestSlug} characters`
  return null
}

function isDots(segment: string): boolean {
  const plain = segment.replace(/%2e/gi, '.').trim()
  return plain === '.' || plain === '..' || /%(?:2f|5c|00)/i.test(segment)
}

/** A path without the slashes around it. */
export function withoutOuterSlashes(path: string): string {
  // The lookbehind keeps a long run of slashes from being tried from each of them.
  return path.replace(/^\/+|(?<!\/)\/+$/g, '')
}

/** An address below the site's own: a site at `https://x.example/base` keeps its base. */
export function underSite(siteUrl: string, path: string): string {
  return `${siteUrl.replace(/\/+$/, '')}/${path.replace(/^\/+/, '')}`
}

/** Percent-encodes what a path must not hold, slashes kept; escapes that stand there already stay. */
export function encodePath(path: string): string {
  if (/^[A-Za-z0-9/._~-]*$/.test(path)) return path
  return path
    .split('/')
    .map(segment => encodeURIComponent(decoded(segment)))
    .join('/')
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}

/**
 * Makes a reference of a post absolute against `base`, the post's own address; null when it must be dropped. Only http, https and (for links)
 * mailto pass. A reference that reaches another host without naming http or https itself (`//evil.test`, `/\evil.test`), carries a password, or leads to a private
 * address is dropped, unless that host is the site's own.
 */
export function resolveUrl(base: string, reference: string, kind: 'link' | 'picture' = 'link'): string | null {
  const text = reference.trim()
  if (text === '' || !URL.canParse(text, base)) return null
  const url = new URL(text, base)
  if (url.protocol === 'mailto:') return kind === 'link' && /^mailto:[^\s@]+@[^\s@]+$/i.test(url.href) ? url.href : null
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return null
  if (url.username !== '' || url.password !== '') return null
  if (url.host === new URL(base).host) return url.href
  if (!/^https?:\/\//i.test(text) || isPrivateHost(url.hostname)) return null
  return url.href
}
