import type { Context } from 'hono'
import { accepts } from 'hono/accepts'
import { type MessageKey, type Messages, type MessageValues, translate } from '../../locale/messages.ts'
import { type Page, pageHtml } from './page.ts'
import type { PublicSite } from './public-site.ts'

/** The words of a page, in its language. */
export interface Words {
  readonly language: string
  readonly say: <Key extends MessageKey>(key: Key, values: MessageValues<Key>) => string
}

/** The words in the language that somebody has chosen, or one near to it; in the browser's where they have chosen none that there is. */
export async function wordsOf(c: Context, site: PublicSite, language: string | null): Promise<Words> {
  const found = language === null ? undefined : nearest(language, site.languages)
  return found === undefined ? wordsFor(c, site) : wordsIn(await site.messagesFor(found))
}

/** The words in the language that a person's browser asks for, or the publication's own. */
export async function wordsFor(c: Context, site: PublicSite): Promise<Words> {
  const [own = 'en'] = site.languages
  const language = accepts(c, {
    header: 'Accept-Language',
    supports: [...site.languages],
    default: own,
    match: wanted => firstOf(wanted, site.languages) ?? own,
  })
  return wordsIn(await site.messagesFor(language))
}

/** The words of one language. */
export function wordsIn(messages: Messages): Words {
  return { language: messages.language, say: (key, values) => translate(messages, key, values) }
}

/** The language for the most wanted of those that there is one for (RFC 9110 §12.5.4). */
function firstOf(wanted: readonly { readonly type: string; readonly q: number }[], languages: readonly string[]): string | undefined {
  const sorted = wanted.filter(({ q }) => q > 0).toSorted((one, other) => other.q - one.q)
  for (const { type } of sorted) {
    const found = nearest(type, languages)
    if (found !== undefined) return found
  }
  return undefined
}

/** The same language, or another of its kind: `de` serves who asks for `de-AT`. */
function nearest(asked: string, languages: readonly string[]): string | undefined {
  const same = languages.find(each => each.toLowerCase() === asked.toLowerCase())
  return same ?? languages.find(each => primary(each) === primary(asked))
}

function primary(language: string): string {
  return language.toLowerCase().split('-')[0] ?? ''
}

/** Answers with a page that is for one person only, or for nobody: no cache keeps it, no search engine lists it. */
export function showPage(
  c: Context,
  site: PublicSite,
  page: Page,
  status: 200 | 400 | 403 | 404 | 413 | 415 | 429 | 503 = 200,
): Response | Promise<Response> {
  c.header('Cache-Control', 'no-store')
  c.header('X-Robots-Tag', 'noindex')
  return c.html(pageHtml(site, page), status)
}
