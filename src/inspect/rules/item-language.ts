import { excerpt } from '../excerpt.ts'
import type { HtmlElement, Rule } from '../finding.ts'
import { linksOf } from '../links.ts'
import { ancestors } from '../match-selector.ts'

/** Message rule 15: an item in another language than the edition says so with `lang` and `dir` (WCAG 2.2, 3.1.2). */
export const itemLanguage: Rule = {
  name: 'item-language',
  inspect(inspected) {
    const { edition } = inspected.context
    if (edition === null) return []
    const foreign = edition.items.filter(({ post }) => primary(post.language) !== primary(edition.language))
    if (foreign.length === 0) return []
    const links = linksOf(inspected)
    return foreign.flatMap(({ post }) => {
      const link = links.find(({ name }) => name.includes(post.title))
      if (link === undefined || primary(languageAt(link.element)) === primary(post.language)) return []
      return [
        {
          severity: 'warning' as const,
          message: `"${excerpt(post.title, 60)}" is in ${post.language} and does not say so: screen readers read it with the wrong voice`,
          place: { part: 'html' as const, excerpt: excerpt(link.name), at: link.element },
          help: 'write lang="{{language}}" dir="{{direction}}" on the element around the item, within {{#if language}}',
        },
      ]
    })
  },
}

function languageAt(element: HtmlElement): string {
  return [element, ...ancestors(element)].find(({ attributes }) => Object.hasOwn(attributes, 'lang'))?.attributes.lang ?? ''
}

function primary(tag: string): string {
  return tag.toLowerCase().split('-')[0] ?? ''
}
