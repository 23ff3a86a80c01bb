/** The frame of every page: complete without scripts, in the publication's brand, light and dark. */

import { html } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'
import { directionOf } from '../../locale/direction.ts'
import type { PublicSite } from './public-site.ts'

/** A piece of a page; values in its template are escaped. */
export type Markup = HtmlEscapedString | Promise<HtmlEscapedString>

/** One page. */
export interface Page {
  readonly language: string
  readonly title: string
  readonly main: Markup
  /** What belongs into the head of this page alone. */
  readonly head?: Markup
}

/** The whole document. */
export function pageHtml({ config, base }: Pick<PublicSite, 'config' | 'base'>, page: Page): Markup {
  const { name } = config.site
  return html`<!doctype html>
<html lang="${page.language}" dir="${directionOf(page.language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${page.title} · ${name}</title>
<link rel="stylesheet" href="${base}/style.css">
<link rel="alternate" type="application/rss+xml" title="${name}" href="${base}/feed.xml">
${page.head ?? ''}
</head>
<body>
<header><a href="${base}/">${name}</a></header>
<main>
<h1>${page.title}</h1>
${page.main}
</main>
</body>
</html>
`
}
