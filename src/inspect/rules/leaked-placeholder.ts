import { excerpt } from '../excerpt.ts'
import type { Complaint, EmailPart, HtmlElement, Inspected, Rule } from '../finding.ts'
import { foldText, isOwn, ownTexts } from '../own-words.ts'

/** What a template, a value without content or a development machine leaves behind; the last is a merge field that was not cut out. */
const placeholders = /\{\{|\}\}|\bundefined\b|\bnull\b|\bNaN\b|\[object Object\]|\blocalhost\b|\bnd[A-Za-z0-9]{16,}m\d+e\b/

const readAttributes = ['href', 'src', 'alt', 'title']

/** Message rule 13: nothing leaks from templates and code, unless it stands so in a post or in the edition file. */
export const leakedPlaceholder: Rule = {
  name: 'leaked-placeholder',
  inspect(inspected) {
    const own = ownTexts(inspected, placeholders)
    return pieces(inspected)
      .filter(piece => !isOwn(foldText(piece.text), own, placeholders))
      .map(({ part, name = part === 'html' ? 'HTML' : part, text, at }): Complaint => {
        const found = placeholders.exec(text)
        return {
          severity: 'error',
          message: `"${found?.[0] ?? ''}" stands in the ${name}, and in no post: a value was missing, or a placeholder was left behind`,
          place: {
            part,
            excerpt: excerpt(text.slice(Math.max(0, (found?.index ?? 0) - 40))),
            quote: found?.[0] ?? '',
            ...(at === undefined ? {} : { at }),
          },
          help: 'see what the template writes there; guard a field that can be missing with {{#if …}}',
        }
      })
  },
}

interface Piece {
  readonly part: EmailPart
  /** What it is called where that is not the part. */
  readonly name?: string
  readonly text: string
  readonly at?: HtmlElement | number
}

function pieces({ subjects, email, visibleTexts, elements, text }: Inspected): readonly Piece[] {
  let offset = 0
  const lines = text.split('\n').map((line): Piece => {
    const at = offset
    offset += line.length + 1
    return { part: 'text', text: line, at: at + Math.max(0, line.search(placeholders)) }
  })
  const attributes = elements.flatMap(element =>
    readAttributes.map((name): Piece => ({ part: 'html', text: element.attributes[name] ?? '', at: element })),
  )
  const all: Piece[] = [
    ...subjects.map(({ name, text: words }): Piece => ({ part: 'subject', name, text: words })),
    { part: 'preheader', text: email.preheader },
    ...visibleTexts.map((each): Piece => ({ part: 'html', text: each.text, at: each.start })),
    ...attributes,
    ...lines,
  ]
  return all.filter(piece => placeholders.test(piece.text))
}
