import { escapeText } from './html-tree.ts'
import type { Simulation } from './simulation.ts'
import { textPage } from './text-page.ts'

const css =
  'body{margin:0;padding:16px;background:#fff;color:#222}pre{margin:0;font:15px/1.5 ui-monospace,Menlo,Consolas,monospace;white-space:pre-wrap;overflow-wrap:anywhere}'

/** The text part, as programs and people without HTML read it. */
export const plainText: Simulation = {
  id: 'plain-text',
  name: 'Plain text',
  describes: 'The text part: what programs without HTML, watches and some readers of their own choice show.',
  scheme: 'light',
  transform({ text, subject }) {
    const body = text
      .split(/(\bhttps?:\/\/[^\s<>"]+|\bmailto:[^\s<>"]+)/)
      .map((piece, index) => (index % 2 === 0 ? escapeText(piece) : linked(piece)))
    return {
      html: textPage({ id: 'plain-text', title: subject, css, body: `<pre dir="auto">${body.join('')}</pre>` }),
      changes: [
        text.trim() === '' ? 'The text part is empty: there is nothing to read.' : 'The text part is shown; addresses in it become links.',
      ],
    }
  },
}

function linked(written: string): string {
  // A full stop behind an address ends the sentence, not the address.
  const [, address = written, rest = ''] = /^(.*?)([.,;:!?)\]]*)$/.exec(written) ?? []
  return `<a href="${escapeText(address)}">${escapeText(address)}</a>${escapeText(rest)}`
}
