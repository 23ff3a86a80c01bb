import { Parser } from 'htmlparser2'
import postcss from 'postcss'
import { parseHtml } from '../parse-html.ts'
import { parseStyles } from '../parse-styles.ts'
import { escapeText } from './html-tree.ts'
import { type Reading, readAloud } from './read-aloud.ts'
import type { Simulation } from './simulation.ts'
import { textPage } from './text-page.ts'

/** What a screen reader says, in its order: a list to read. */
export const screenReader: Simulation = {
  id: 'screen-reader',
  name: 'Screen reader',
  describes: 'What is read aloud, in this order: text, headings with their level, links, pictures by their alt text, changes of language.',
  scheme: 'light',
  transform({ html, subject }) {
    const parsed = parseHtml(html, Parser)
    const readings = readAloud({ ...parsed, styles: parseStyles(parsed.elements, postcss) })
    return { html: pageOf(readings, subject), changes: summaryOf(readings) }
  },
}

const css =
  'body{margin:0;padding:16px 24px;background:#fff;color:#222;font:16px/1.5 system-ui,sans-serif}ol{margin:0;padding:0;list-style:none}li{padding:6px 0;border-top:1px solid #e5e5e5;display:grid;grid-template-columns:9em 1fr;gap:12px}b{font-weight:600;color:#555;font-size:14px}li.heading span{font-weight:600}li.unsaid{color:#767676}'

function pageOf(readings: readonly Reading[], subject: string): string {
  const items = readings.map(({ role, text, kind, language }) => {
    const lang = language === null ? '' : ` lang="${escapeText(language)}"`
    return `<li class="${kind}"><b>${escapeText(role)}</b><span dir="auto"${lang}>${escapeText(text)}</span></li>`
  })
  return textPage({ id: 'screen-reader', title: subject, css, body: `<ol>${items.join('')}</ol>` })
}

function summaryOf(readings: readonly Reading[]): string[] {
  const count = (kind: Reading['kind']) => readings.filter(each => each.kind === kind).length
  return [
    `${count('heading')} headings, ${count('link')} links and ${count('image')} pictures are announced.`,
    ...(count('table') > 0 ? [`${count('table')} tables are announced as tables: layout tables need role="presentation".`] : []),
    ...(readings.some(each => each.kind === 'image' && each.role.includes('file name'))
      ? ['A picture without alt is read by its file name.']
      : []),
    ...(count('unsaid') > 0 ? [`${count('unsaid')} pieces are hidden and not read.`] : []),
    ...(readings.some(each => each.role.includes('invisible')) ? ['Text that nobody sees is read: hide it with display:none.'] : []),
  ]
}
