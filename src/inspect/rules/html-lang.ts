import { excerptOf } from '../excerpt.ts'
import type { Complaint, Inspected, Rule } from '../finding.ts'

/** Message rule 12: `<html lang>` says the language of the edition (WCAG 2.2, 3.1.1). A screen reader takes its voice from it. */
export const htmlLang: Rule = {
  name: 'html-lang',
  inspect(inspected) {
    const html = inspected.elements.find(({ name }) => name === 'html')
    const lang = html?.attributes.lang?.trim() ?? ''
    if (lang === '' || lang === 'und')
      return [complaint(inspected, 'the HTML does not say its language: screen readers read it with the wrong voice')]
    if (primary(lang) === primary(inspected.email.language)) return []
    return [
      complaint(
        inspected,
        `the HTML says it is "${lang}", and the edition is "${inspected.email.language}": screen readers read it with the wrong voice`,
      ),
    ]
  },
}

function complaint({ elements, email }: Inspected, message: string): Complaint {
  const html = elements.find(({ name }) => name === 'html')
  return {
    severity: 'error',
    message,
    place: {
      part: 'html',
      excerpt: html === undefined ? null : excerptOf(html, 'lang'),
      ...(html === undefined ? {} : { at: html }),
      quote: '<mjml',
    },
    help: `write <mjml lang="{{language}}"> in the template, which makes lang="${email.language}"`,
  }
}

function primary(tag: string): string {
  return tag.toLowerCase().split('-')[0] ?? ''
}
