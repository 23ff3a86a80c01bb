/** Message rules 6, 7 and 12 to 14: what stands in the two parts. */

import { decodeWords, headerOf, type ReadMessage } from './read-message.ts'
import type { MessageRule } from './rules-of-headers.ts'

/** Rule 6: multipart/alternative, the text first, each part what it says it is. */
export const parts: MessageRule = ({ headers, parts: all, boundary, raw }) => [
  !/^multipart\/alternative;/i.test(headers.find(({ name }) => name === 'content-type')?.value ?? '') && 'not multipart/alternative',
  all.map(({ type }) => type).join() !== 'text/plain,text/html' && `the parts are ${all.map(({ type }) => type).join()}`,
  !raw.trimEnd().endsWith(`--${boundary}--`) && 'the last boundary is missing',
  ...all.flatMap(({ type, charset, encoding, body, content }) => [
    charset !== 'utf-8' && `${type} has the charset "${charset}"`,
    content === null && `${type} does not decode as ${encoding}`,
    encoding === 'quoted-printable' && body.split('\r\n').some(line => line.length > 76) && `a quoted-printable line over 76 in ${type}`,
    body.includes(boundary) && `the boundary in ${type}`,
  ]),
]

/** Rule 7: a text part with the links of the HTML, in lines that nobody wrapped. */
export const textPart: MessageRule = ({ text, elements }) => {
  const inHtml = unique(elements.flatMap(({ name, attributes }) => (name === 'a' ? [attributes.href ?? ''] : [])).filter(isWebAddress))
  const inText = unique((text.match(/https?:\/\/\S+/g) ?? []).map(url => (inHtml.includes(url) ? url : url.replace(/[.,;:!?)\]'"]+$/, ''))))
  return [
    text.trim() === '' && 'the text part is empty',
    inHtml.join('\n') !== inText.join('\n') &&
      `the links differ: ${[...inHtml.filter(url => !inText.includes(url)), '/', ...inText.filter(url => !inHtml.includes(url))].join(' ')}`,
    isHardWrapped(text) && 'the text part is wrapped by hand',
  ]
}

function unique(urls: readonly string[]): string[] {
  return [...new Set(urls)]
}

function isWebAddress(url: string): boolean {
  return /^https?:/.test(url)
}

/** Two lines in a row that end where the next word would not have fitted, and go on in the middle of a sentence. */
function isHardWrapped(text: string): boolean {
  const all = text.split('\n')
  const wrapped = all.map((line, index) => {
    const next = all[index + 1] ?? ''
    return line.length >= 55 && line.length <= 80 && /^\p{Ll}/u.test(next) && line.length + (next.split(' ')[0] ?? '').length >= 70
  })
  return wrapped.some((is, index) => is && wrapped[index + 1] === true)
}

/** Rule 12: HTML of a size and with the markup that mail programs show, and nothing that they refuse. */
export const markup: MessageRule = message => {
  const { html, elements } = message
  const root = elements.find(({ name }) => name === 'html')?.attributes ?? {}
  return [
    Buffer.byteLength(html) >= 102_000 && `the HTML has ${Buffer.byteLength(html)} bytes`,
    !root.lang && 'no lang',
    !/^(?:ltr|rtl)$/.test(root.dir ?? '') && 'no dir',
    !elements.some(({ name, text }) => name === 'title' && text !== '') && 'no title',
    ...elements.flatMap(({ name, attributes }) => [
      /^(?:script|form|iframe|object|embed|base)$/.test(name) && `a ${name}`,
      ...Object.keys(attributes).map(attribute => /^on/i.test(attribute) && `${attribute} on ${name}`),
      ...['href', 'src', 'background', 'action'].map(
        attribute => /^\s*(?:javascript|data|vbscript):/i.test(attributes[attribute] ?? '') && `${attribute}="${attributes[attribute]}"`,
      ),
      (name === 'a' || name === 'area') &&
        !/^(?:https?:\/\/|mailto:)[^\s]+$/.test(attributes.href ?? '') &&
        `a link to "${attributes.href}"`,
      ...(name === 'img' ? imageFaults(attributes) : []),
    ]),
  ]
}

function imageFaults({ src = '', width, alt }: Readonly<Record<string, string>>): (string | false)[] {
  return [
    !/^https:\/\/[^\s/]+\/\S+$/.test(src) && `an image from "${src}"`,
    !/^\d+$/.test(width ?? '') && `an image without width: ${src}`,
    alt === undefined && `an image without alt: ${src}`,
  ]
}

const placeholder = /\{\{|\}\}|\bundefined\b|\bnull\b|\bNaN\b|\[object Object\]|\blocalhost\b|nd[A-Za-z0-9]{16,}m\d+e/g

/** Rule 13: nothing left over of templates and code, and nothing of other recipients. */
export const leaks: MessageRule = (message, { ownWords = '', strangers = [] }) => {
  const attributes = message.elements.flatMap(each => ['href', 'src', 'alt', 'title'].map(name => each.attributes[name] ?? ''))
  const shown = [decodeWords(headerOf(message, 'subject')), message.text, ...message.shownTexts, ...attributes]
  const found = shown.flatMap(text =>
    Array.from(text.matchAll(placeholder), ({ 0: match, index }) => wordAround(text, index, match.length)),
  )
  const everything = [message.raw, message.text, message.html].join('\n').toLowerCase()
  return [
    ...found.map(word => !ownWords.includes(word) && `${word} stands in the message, and nobody wrote it`),
    ...strangers.map(each => everything.includes(each.toLowerCase()) && `${each} is somebody else's`),
  ]
}

function wordAround(text: string, index: number, length: number): string {
  const before = /[\w#./:-]*$/.exec(text.slice(0, index))?.[0] ?? ''
  const after = /^[\w#/:-]*/.exec(text.slice(index + length))?.[0] ?? ''
  return before + text.slice(index, index + length) + after
}

/** Rule 14: subject and preheader, as a list of messages shows them. */
export const firstWords: MessageRule = message => {
  const subject = decodeWords(headerOf(message, 'subject'))
  const preheader = preheaderOf(message)
  const length = Array.from(preheader).length
  const letters = subject.replace(/\P{L}/gu, '')
  return [
    Array.from(subject).length > 78 && `the subject has ${Array.from(subject).length} characters`,
    subject === '' && 'the subject is empty',
    letters.length > 5 && letters === letters.toUpperCase() && letters !== letters.toLowerCase() && 'the subject is in capitals',
    (length < 40 || length > 130) && `the preheader has ${length} characters`,
    preheader === subject && 'the preheader says the subject again',
  ]
}

/** The first hidden text of the body, without what fills its line. */
function preheaderOf({ elements }: ReadMessage): string {
  const body = elements.findIndex(({ name }) => name === 'body')
  const hidden = elements.slice(body + 1).find(({ attributes }) => /display:\s*none/.test(attributes.style ?? ''))
  return (hidden?.text ?? '').replace(/[\u034f\u00ad\u200b-\u200f\ufeff\s]+$/u, '').trim()
}
