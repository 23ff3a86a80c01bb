import type { Rule } from '../finding.ts'

/**
 * Styles for dark mode are announced by `<meta name="color-scheme" content="light dark">`. Apple's mail programs ignore them or turn colours over
 * otherwise (https://webkit.org/blog/8840/dark-mode-support-in-webkit/).
 */
export const colorScheme: Rule = {
  name: 'color-scheme',
  inspect({ elements, styles }) {
    const dark = styles.find(({ css }) => /prefers-color-scheme\s*:\s*dark/i.test(css))
    const announced = elements.some(
      ({ name, attributes }) =>
        name === 'meta' && /^color-scheme$/i.test(attributes.name ?? '') && /\bdark\b/i.test(attributes.content ?? ''),
    )
    if (dark === undefined || announced) return []
    return [
      {
        severity: 'warning',
        message:
          'there are styles for dark mode, and no <meta name="color-scheme"> announces them: Apple Mail turns the colours over by itself',
        place: { part: 'html', excerpt: '@media (prefers-color-scheme: dark)', at: dark.element, quote: 'prefers-color-scheme' },
        help: 'write <meta name="color-scheme" content="light dark"> into the head',
      },
    ]
  },
}
