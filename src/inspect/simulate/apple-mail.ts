/** Apple Mail: a browser's engine, with dark styles where the email has them. */

import { dropUnsupported } from './drop-unsupported.ts'
import { tagsOf } from './html-tree.ts'
import { dropComments, finishPage, openPage, type Page } from './page.ts'
import type { Simulated, Simulation } from './simulation.ts'
import { sheetsOf } from './styles.ts'

/** Apple Mail in light mode. */
export const appleMail: Simulation = {
  id: 'apple-mail',
  name: 'Apple Mail',
  describes: 'Shows nearly everything as it is written.',
  scheme: 'light',
  transform: ({ html }) => show(html, 'apple-mail', 'light'),
}

/** Apple Mail in dark mode. */
export const appleMailDark: Simulation = {
  id: 'apple-mail-dark',
  name: 'Apple Mail, dark',
  describes: 'Takes the dark styles of an email that says it has some, and leaves the colours of any other alone.',
  scheme: 'dark',
  transform: ({ html }) => show(html, 'apple-mail-dark', 'dark'),
}

function show(html: string, id: string, scheme: 'light' | 'dark'): Simulated {
  const page = openPage(html)
  dropComments(page.tree)
  dropUnsupported(page, { client: 'apple-mail-macos' })
  const dark = scheme === 'dark' && saysDark(page)
  if (scheme === 'dark') {
    const styled = hasDarkStyles(page)
    if (styled) page.changes.unshift('The dark styles of the email are taken (prefers-color-scheme).')
    if (!styled) page.changes.unshift('The email has no dark styles: its colours stay.')
  }
  return finishPage(page, { id, scheme, canvas: dark ? 'dark' : 'light' })
}

// https://webkit.org/blog/8840/dark-mode-support-in-webkit/: only a page that declares it gets a dark canvas and light text.
function saysDark({ tree }: Page): boolean {
  const declared = tagsOf(tree).some(
    ({ name, attributes }) =>
      name === 'meta' &&
      /^(?:supported-)?color-schemes?$/i.test(attributes.get('name') ?? '') &&
      /dark/i.test(attributes.get('content') ?? ''),
  )
  return declared || sheetsOf(tree).some(({ css }) => /(?:^|[\s{;])color-scheme\s*:[^;}]*dark/i.test(css))
}

function hasDarkStyles({ tree }: Page): boolean {
  return sheetsOf(tree).some(({ css }) => /prefers-color-scheme\s*:\s*dark/i.test(css))
}
