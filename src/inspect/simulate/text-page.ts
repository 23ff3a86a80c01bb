import { escapeText } from './html-tree.ts'

/** What a page of a simulation that shows text, and not the email's own HTML, is made of. `body` and `css` stand in it as they are. */
export interface TextPage {
  readonly id: string
  readonly title: string
  readonly css: string
  readonly body: string
}

/** The whole page, light and as wide as the screen. */
export function textPage({ id, title, css, body }: TextPage): string {
  return `<!doctype html><html data-simulation="${id}"><head><meta charset="utf-8"><meta name="color-scheme" content="light"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escapeText(title)}</title><style>${css}</style></head><body>${body}</body></html>`
}
