/** The page that lists all editions of a folder: plain HTML, no scripts, opens from the disk. */

import { formatDateRange } from '../locale/format-date.ts'
import { escapeHtml } from '../render/escape-html.ts'
import { gmailLimit, htmlBudget } from '../render/fit-email.ts'

/** One edition as the gallery shows it. `bytes` is the size of its HTML with merge fields as long as usual. */
export interface GalleryEntry {
  readonly id: string
  readonly subject: string
  /** Subject B where two are tried. */
  readonly second?: string
  readonly preheader: string
  readonly firstDay: string
  readonly lastDay: string
  readonly language: string
  readonly direction: 'ltr' | 'rtl'
  readonly template?: string
  readonly posts: number
  readonly bytes: number
  /** Whether shots/thumbnail.png is there. */
  readonly thumbnail?: boolean
}

/** Stands in every gallery: how a later build knows that it may replace the page. */
export const galleryMark = '<meta name="generator" content="news-digest gallery">'

/** The gallery, newest edition first. The same entries give the same page, in whatever order they come. */
export function renderGallery(entries: readonly GalleryEntry[]): string {
  const sorted = entries.toSorted((a, b) => compare(b.lastDay, a.lastDay) || compare(b.firstDay, a.firstDay) || compare(a.id, b.id))
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
${galleryMark}
<title>Editions</title>
<style>
${styles}${sorted.some(entry => entry.thumbnail) ? thumbnailStyles : ''}</style>
</head>
<body>
<header>
<h1>Editions</h1>
<p>${entries.length === 1 ? 'One edition' : `${entries.length} editions`}${entries.length > 1 ? ', newest first' : ''}</p>
</header>
<main>
${sorted.length === 0 ? '<p class="empty">Nothing has been built yet. Run <code>news-digest build latest</code>.</p>' : `<ol>\n${sorted.map(renderEntry).join('\n')}\n</ol>`}
</main>
<footer>Made by news-digest</footer>
</body>
</html>
`
}

function renderEntry(entry: GalleryEntry): string {
  const folder = encodeURIComponent(entry.id)
  const local = `lang="${escapeHtml(entry.language)}" dir="${entry.direction}"`
  return `<li>
${entry.thumbnail ? `<img src="${folder}/shots/thumbnail.png" alt="" width="176" height="132" loading="lazy">\n` : ''}<p class="dates"><time datetime="${escapeHtml(entry.firstDay)}">${escapeHtml(formatDateRange(entry.firstDay, entry.lastDay, 'en'))}</time> <span>${escapeHtml(entry.id)}</span></p>
<h2 ${local}><a href="${folder}/index.html">${escapeHtml(entry.subject)}</a></h2>
${entry.second === undefined ? '' : `<p class="preheader" ${local}><b>B</b> ${escapeHtml(entry.second)}</p>\n`}${entry.preheader === '' ? '' : `<p class="preheader" ${local}>${escapeHtml(entry.preheader)}</p>\n`}<div class="facts">
<span>${entry.posts === 1 ? '1 story' : `${entry.posts} stories`}</span>
${renderSize(entry.bytes)}
<nav aria-label="Files of ${escapeHtml(entry.id)}"><a href="${folder}/email.txt">Text</a> <a href="${folder}/email.eml">Mail file</a> <a href="${folder}/edition.json">Data</a></nav>
</div>
</li>`
}

function renderSize(bytes: number): string {
  const level = bytes >= gmailLimit ? 'over' : bytes >= htmlBudget ? 'near' : 'fine'
  const says = level === 'over' ? ', clipped by Gmail' : level === 'near' ? ', close to Gmail’s limit' : ''
  const share = Math.min(100, Math.round((bytes / gmailLimit) * 100))
  return `<span class="size ${level}"><i aria-hidden="true"><b style="width:${share}%"></b></i>${(bytes / 1000).toFixed(1)} kB${says}</span>`
}

/** By code units: the same everywhere, whatever the machine's language. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

const styles = `:root { color-scheme: light dark; --page: #f4f5f7; --card: #ffffff; --ink: #16181d; --quiet: #5a6270; --line: #e1e4ea; --accent: #0b57d0; --fine: #0b57d0; --near: #a05a00; --over: #b3261e }
@media (prefers-color-scheme: dark) { :root { --page: #101216; --card: #191c22; --ink: #eceef2; --quiet: #a4acba; --line: #2b303a; --accent: #8ab4f8; --fine: #8ab4f8; --near: #f2b35e; --over: #f2877f } }
* { box-sizing: border-box }
body { margin: 0; padding: 48px 20px 64px; background: var(--page); color: var(--ink); font: 16px/1.5 -apple-system, BlinkMacSystemFont, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif; -webkit-text-size-adjust: 100% }
header, main, footer { max-width: 720px; margin: 0 auto }
h1 { margin: 0; font-size: 34px; line-height: 1.15; letter-spacing: -0.02em }
header p { margin: 6px 0 28px; color: var(--quiet) }
ol { list-style: none; margin: 0; padding: 0; display: grid; gap: 14px }
li { position: relative; padding: 22px 24px 10px; background: var(--card); border: 1px solid var(--line); border-radius: 14px }
li:hover { border-color: var(--accent) }
.dates { margin: 0; font-size: 14px; color: var(--quiet); display: flex; justify-content: space-between; gap: 12px; flex-wrap: wrap }
.dates span { font-variant-numeric: tabular-nums }
h2 { margin: 6px 0 0; font-size: 21px; line-height: 1.3; letter-spacing: -0.01em; overflow-wrap: anywhere }
h2 a { color: inherit; text-decoration: none }
h2 a::after { content: ''; position: absolute; inset: 0; border-radius: 14px }
h2 a:hover { color: var(--accent) }
a:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px }
h2 a:focus-visible { outline: none }
h2 a:focus-visible::after { outline: 2px solid var(--accent) }
.preheader { margin: 6px 0 0; color: var(--quiet); overflow-wrap: anywhere }
.facts { margin-top: 14px; padding-top: 8px; border-top: 1px solid var(--line); display: flex; flex-wrap: wrap; align-items: center; gap: 0 18px; font-size: 14px; color: var(--quiet) }
.size { display: inline-flex; align-items: center; gap: 8px; font-variant-numeric: tabular-nums }
.size i { width: 56px; height: 5px; border-radius: 3px; background: var(--line); overflow: hidden; display: block }
.size b { display: block; height: 100%; background: var(--fine) }
.near b { background: var(--near) } .near { color: var(--near) }
.over b { background: var(--over) } .over { color: var(--over) }
nav { position: relative; margin-inline-start: auto; display: flex; gap: 4px }
nav a { padding: 11px 8px; color: var(--accent); text-decoration: none }
nav a:hover { text-decoration: underline }
.empty { padding: 40px 24px; background: var(--card); border: 1px solid var(--line); border-radius: 14px; text-align: center }
footer { margin-top: 36px; font-size: 14px; color: var(--quiet) }
@media (max-width: 480px) { body { padding: 32px 14px 48px } li { padding: 18px 18px 8px } nav { margin-inline-start: -8px; width: 100% } }
`

const thumbnailStyles = `li img { float: inline-end; width: 176px; height: 132px; margin: 0 0 14px 24px; border: 1px solid var(--line); border-radius: 8px }
.facts { clear: both }
@media (max-width: 480px) { li img { width: 96px; height: 72px; margin-left: 14px } }
`
