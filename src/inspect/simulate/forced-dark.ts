/** Programs that know no dark styles of an email, and make it dark themselves. What they are is in Litmus's "Ultimate Guide to Dark Mode for Email Marketers". */

import { black, hexOf, white } from '../colour.ts'
import { addClientStyle, dropComments, finishPage, openPage } from './page.ts'
import { fullInversion, type Palette, partialInversion, recolour, usualLink } from './recolour.ts'
import { resolveScheme } from './resolve-scheme.ts'
import type { Simulated, Simulation } from './simulation.ts'

/** All colours turned over. */
export const fullyInverted: Simulation = {
  id: 'dark-inverted',
  name: 'Dark by full inversion',
  describes: 'Every colour is turned to its opposite lightness, a dark design to a light one too: Gmail’s app for iOS, Outlook on Windows.',
  scheme: 'dark',
  transform: ({ html }) =>
    show(html, 'dark-inverted', fullInversion, 'Every colour is inverted, light to dark and dark to light; pictures are not.'),
}

/** Only what is light turned dark. */
export const partlyInverted: Simulation = {
  id: 'dark-partly-inverted',
  name: 'Dark by partial inversion',
  describes: 'Light backgrounds become dark and dark text light; what is dark already stays: Gmail’s app for Android, Outlook on phones.',
  scheme: 'dark',
  transform: ({ html }) =>
    show(
      html,
      'dark-partly-inverted',
      partialInversion,
      'Light backgrounds are darkened and dark text is lightened; dark backgrounds and pictures stay.',
    ),
}

function show(html: string, id: string, palette: Palette, change: string): Simulated {
  const page = openPage(html)
  dropComments(page.tree)
  // These programs take no dark styles; their own colours come in their place.
  resolveScheme(page.tree, 'light', 'light')
  recolour(page.tree, palette)
  const [background, text, link] = [palette.background(white), palette.text(black), palette.text(usualLink)].map(hexOf)
  addClientStyle(page.tree, `html{background:${background};color:${text}}a{color:${link}}`)
  page.changes.unshift(change, 'Dark styles of the email (prefers-color-scheme) are not taken.')
  return finishPage(page, { id, scheme: 'dark' })
}
