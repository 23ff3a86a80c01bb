/** What MJML and the shipped templates use although not every mail program supports it, and why that is no fault. Documented for readers in docs/checks.md. */

import type { HtmlElement } from '../finding.ts'
import type { FeaturePlace } from './match-features.ts'

/** A feature that may stay, everywhere or only in some places. */
export interface Accepted {
  /** Slug of the feature at caniemail. */
  readonly feature: string
  readonly reason: string
  /** Where it may; everywhere, where left out. */
  readonly where?: (place: FeaturePlace) => boolean
}

/** Every accepted feature. A place that none of these accepts is told. */
export const baseline: readonly Accepted[] = [
  {
    feature: 'css-at-media',
    reason:
      'columns are as wide as the screen without it: it only sets them side by side, and Outlook on Windows takes its own table from a conditional comment',
    where: ({ text }) => /^@media/i.test(text),
  },
  {
    feature: 'css-at-media-prefers-color-scheme',
    reason: 'dark colours where they are asked for; everywhere else the light ones stay',
  },
  { feature: 'css-color-scheme', reason: 'tells Apple Mail that dark colours are there; nothing is lost without it' },
  { feature: 'html-meta-color-scheme', reason: 'tells Apple Mail that dark colours are there; nothing is lost without it' },
  {
    feature: 'css-selector-attribute',
    reason: '[data-ogsc] and [data-ogsb] are written for the dark mode of Outlook.com, and [owa] for its light one',
    where: ({ text }) => !/\[(?!data-og|owa)/i.test(text),
  },
  {
    feature: 'css-selector-child',
    reason: 'sets a dark colour, which only programs with dark styles ask for',
    where: ({ text }) => /\.page\s*>\s*div/.test(text),
  },
  { feature: 'html-doctype', reason: 'programs that drop it put the email into a page of their own' },
  { feature: 'html-body', reason: 'MJML repeats its background on the first element' },
  { feature: 'html-style', reason: 'everything that the layout needs stands in style attributes' },
  ...['type', 'id', 'class', 'descendant', 'grouping'].map(kind => ({
    feature: `css-selector-${kind}`,
    reason: 'only rules of style blocks need it, and everything that the layout needs stands in style attributes',
  })),
  { feature: 'css-important', reason: 'lets dark colours and columns win over style attributes; where it is dropped the light ones stay' },
  { feature: 'html-lang', reason: 'tells screen readers and spelling how to read; nothing is lost to the eye' },
  { feature: 'html-dir', reason: 'MJML repeats the direction in style attributes' },
  { feature: 'html-width', reason: 'MJML repeats the width in style attributes' },
  { feature: 'css-text-decoration', reason: 'links are underlined where it is dropped' },
  { feature: 'html-target', reason: 'mail programs open links in a new window anyway' },
  { feature: 'html-aria-label', reason: "names the email for screen readers; without it they read the page's title" },
  { feature: 'html-role', reason: 'keeps screen readers from announcing layout tables; where it is dropped they announce them' },
  {
    feature: 'css-max-width',
    reason: 'MJML gives Outlook on Windows a table of the same width; pictures have a width attribute',
    where: isMjmlWidth,
  },
  { feature: 'css-max-height', reason: 'part of hiding what is hidden by display:none, too', where: isHidden },
  { feature: 'css-overflow', reason: 'part of hiding what is hidden by display:none, too', where: isHidden },
  { feature: 'css-opacity', reason: 'part of hiding what is hidden by display:none, too', where: isHidden },
  {
    feature: 'css-display-none',
    reason: 'hides the preview text and the logo of the other scheme; other properties repeat it',
    where: isHidden,
  },
  { feature: 'css-height', reason: 'height:auto is what pictures have anyway', where: ({ value }) => value === 'auto' },
  { feature: 'css-border-radius', reason: 'corners are square where it is dropped' },
  { feature: 'css-cursor', reason: 'MJML writes cursor:auto on buttons, which is what they have anyway' },
  { feature: 'css-outline', reason: "MJML's reset for pictures, which have no outline anyway" },
  {
    feature: 'css-table-layout',
    reason: 'MJML writes table-layout:auto, which is what tables have anyway',
    where: ({ value }) => value === 'auto',
  },
  { feature: 'css-word-break', reason: 'only words longer than a line need it' },
  { feature: 'css-word-spacing', reason: 'word-spacing:normal, which is what text has anyway', where: ({ value }) => value === 'normal' },
]

/** Why a use of a feature is no fault, or null when it is one. */
export function acceptedBecause(feature: string, place: FeaturePlace): string | null {
  return baseline.find(each => each.feature === feature && (each.where?.(place) ?? true))?.reason ?? null
}

function isHidden({ element, text }: FeaturePlace): boolean {
  return element === null ? /:(?:none|hidden)/.test(text) : isHiddenElement(element)
}

function isHiddenElement({ style }: HtmlElement): boolean {
  return style.some(({ property, value }) => property === 'display' && value === 'none')
}

function isMjmlWidth({ element, value }: FeaturePlace): boolean {
  if (element === null || value === '100%') return true
  return element.name === 'div' || isHiddenElement(element) || (element.name === 'img' && Object.hasOwn(element.attributes, 'width'))
}
