import { escapeHtml } from './escape-html.ts'

// What is no character of XML (www.w3.org/TR/xml/#charsets): no reference can name it either, and one of them makes the whole document none.
const forbidden = /[\0-\x08\v\f\x0e-\x1f\p{Surrogate}\ufffe\uffff]/gu

/** Text as it may stand in XML 1.0, between tags or in a quoted attribute: what cannot, is left out. */
export function escapeXml(text: string): string {
  return escapeHtml(text.replace(forbidden, ''))
}
