import { excerpt } from '../excerpt.ts'
import type { Complaint, EmailPart, Inspected, Rule } from '../finding.ts'

/** What a template, a value without content or a development machine leaves behind; the last is a merge field that was not cut out. */
const placeholders = /\{\{|\}\}|\bundefined\b|\bnull\b|\bNaN\b|\[object Object\]|\blocalhost\b|\bnd[A-Za-z0-9]{16,}m\d+e\b/

const readAttributes = ['href', 'src', 'alt', 'title']

/** Message rule 13: nothing leaks from templates and code, unless it stands so in a post or in the edition file. */
export const leakedPlaceholder: Rule = {
  name: 'leaked-placeholder',
  inspect(inspected) {
    const own = ownWords(inspected)
    return pieces(inspected)
      .filter(piece => leaks(fold(piece.text), own))
      .map(({ part, text }): Complaint => {
        const found = placeholders.exec(text)
        return {
          severity: 'error',
          message: `"${found?.[0] ?? ''}" stands in the ${part === 'html' ? 'HTML' : part}, and in no post: a value was missing, or a placeholder was left behind`,
          place: { part, excerpt: excerpt(text.slice(Math.max(0, (found?.index ?? 0) - 40))) },
          help: 'see what the template writes there; guard a field that can be missing with {{#if …}}',
        }
      })
  },
}

function pieces({ subject, email, visibleTexts, elements, text }: Inspected): { part: EmailPart; text: string }[] {
  const attributes = elements.flatMap(({ attributes: all }) =>
    readAttributes.flatMap(name => (Object.hasOwn(all, name) ? [all[name] ?? ''] : [])),
  )
  return [
    { part: 'subject' as const, text: subject },
    { part: 'preheader' as const, text: email.preheader },
    ...[...visibleTexts, ...attributes].map(each => ({ part: 'html' as const, text: each })),
    ...text.split('\n').map(each => ({ part: 'text' as const, text: each })),
  ].filter(piece => placeholders.test(piece.text))
}

/** Every text of the edition and the sender that itself holds such a word, the longest first. */
function ownWords({ context }: Inspected): string[] {
  const all: string[] = context.sender.address === null ? [] : context.sender.address.split('\n').map(fold)
  const collect = (value: unknown): void => {
    if (typeof value === 'string') all.push(fold(value))
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(collect)
  }
  collect(context.edition)
  return [...new Set(all)].filter(each => placeholders.test(each)).sort((a, b) => b.length - a.length)
}

function leaks(text: string, own: readonly string[]): boolean {
  if (own.some(each => each.includes(text))) return false
  return placeholders.test(own.reduce((rest, each) => rest.replaceAll(each, ' '), text))
}

function fold(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}
