import { escapeHtml } from './escape-html.ts'

// What is no character of XML, or one to be avoided (www.w3.org/TR/xml/#charsets): no reference can name it either, and one of them makes the whole document none.
const forbidden = /(?![\t\n\r])[\p{Cc}\p{Surrogate}\ufffe\uffff]/gu

/** Text as it may stand in XML 1.0, between tags or in a quoted attribute: what cannot, is left out. */
export function escapeXml(text: string): string {
  return escapeHtml(text.replace(forbidden, ''))
}
