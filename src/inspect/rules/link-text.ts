import { excerpt } from '../excerpt.ts'
import type { Rule } from '../finding.ts'
import { linksOf } from '../links.ts'

// Said without the sentence around them, as a list of links in a screen reader says them, they tell nothing.
const empty = new Set(
  (
    'read on|read more|more|learn more|find out more|see more|continue|continue reading|click|click here|here|this|link|this link|go|open|details|' +
    'weiterlesen|mehr|mehr erfahren|mehr lesen|hier|hier klicken|lire la suite|en savoir plus|cliquez ici|ici|leer más|más|aquí|leia mais|saiba mais|aqui|' +
    'بیشتر|ادامه|ادامه مطلب|اینجا|اینجا کلیک کنید|続きを読む|もっと見る|詳細|こちら|阅读更多|更多|点击这里'
  ).split('|'),
)

/** Message rule 15: the text of a link says by itself where it goes (WCAG 2.2, 2.4.4): "Read: <title>", not "Read on", and no bare address. */
export const linkText: Rule = {
  name: 'link-text',
  inspect(inspected) {
    return linksOf(inspected).flatMap(({ element, address, name }) => {
      const isAddress = /^https?:\/\/\S{25,}$/i.test(name)
      if (!isAddress && !empty.has(fold(name))) return []
      return [
        {
          severity: 'warning' as const,
          message: isAddress
            ? 'the text of a link is a long address: it says little to a reader, and a screen reader spells it'
            : `a link says only "${excerpt(name, 40)}": whoever hears the links alone cannot tell where it goes`,
          place: { part: 'html' as const, excerpt: excerpt(`${name} → ${address}`), at: element, quote: name },
          help: 'let its text say where it leads, such as "Read: " and the title',
        },
      ]
    })
  },
}

function fold(text: string): string {
  return text.toLowerCase().replace(/^[\s\p{P}\p{S}]+|[\s\p{P}\p{S}]+$/gu, '')
}
