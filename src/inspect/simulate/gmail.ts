/** Gmail: with an account of Google's, and its apps with an account of somebody else's. */

import { gmailLimit, gmailStyleLimit } from '../../render/fit-email.ts'
import { dropUnsupported } from './drop-unsupported.ts'
import { append, firstTag, replace, type Tag, tagOf, tagsOf, textOf } from './html-tree.ts'
import { addClientStyle, dropComments, finishPage, headOf, openPage, type Page } from './page.ts'
import { boxBody, prefixNames } from './prefix-names.ts'
import type { Simulation } from './simulation.ts'
import { sheetsOf, writeSheet } from './styles.ts'

/** In caniemail's notes; "Only supported with non Google accounts" is the other way about. */
const lostWithOtherAccounts = /^(?:partial\. )?(?:not supported|doesn't work|does not render) with non google/i

const frame = 'body{margin:0;padding:8px;background:#fff}'

/** Gmail on the web, with an account of Google's. */
export const gmail: Simulation = {
  id: 'gmail',
  name: 'Gmail',
  describes: 'Keeps style blocks of the head up to 16 kB, drops those it finds a fault in, knows no dark styles, and clips long messages.',
  scheme: 'light',
  transform({ html }) {
    const { kept, clipped } = clip(html)
    const page = openPage(kept)
    if (clipped) dropStyles(page, 'Clipped messages lose their style blocks.')
    else dropFaultyStyles(page)
    dropSelectors(page)
    renamePictures(page)
    dropUnsupported(page, { client: 'gmail-web' })
    webmail(page)
    if (clipped) addClipNote(page)
    return finishPage(page, { id: 'gmail', scheme: 'light' })
  },
}

/** Gmail's apps with an account that is not Google's ("GANGA"): no styles but those of style attributes. */
export const gmailOtherAccount: Simulation = {
  id: 'gmail-other-account',
  name: 'Gmail app, other account',
  describes: 'Takes no style block at all: only style attributes count.',
  scheme: 'light',
  transform({ html }) {
    const { kept, clipped } = clip(html)
    const page = openPage(kept)
    dropStyles(page, 'No style blocks: with an account that is not Google’s, only style attributes count.')
    renamePictures(page)
    dropUnsupported(page, { client: 'gmail-android', note: lostWithOtherAccounts })
    webmail(page)
    if (clipped) addClipNote(page)
    return finishPage(page, { id: 'gmail-other-account', scheme: 'light' })
  },
}

// https://www.caniemail.com/features/html-picture/: <picture> and <source> become <u>.
function renamePictures({ tree }: Page): void {
  for (const tag of tagsOf(tree)) {
    if (tag.name === 'source') replace(tag)
    if (tag.name === 'picture') tag.name = 'u'
  }
}

// https://github.com/hteumeuleu/email-bugs/issues/119 shows the box, the empty <u> and the prefix.
function webmail({ tree, changes }: Page): void {
  dropComments(tree)
  prefixNames(tree, { prefix: 'm_1', box: '.msg1' })
  boxBody(tree, { class: 'msg1' }, [tagOf('u')])
  addClientStyle(tree, frame)
  changes.push('The body becomes a div, and names of classes get a prefix.')
}

function clip(html: string): { kept: string; clipped: boolean } {
  const bytes = Buffer.from(html)
  if (bytes.length < gmailLimit) return { kept: html, clipped: false }
  const kept = bytes
    .subarray(0, gmailLimit)
    .toString()
    .replace(/\uFFFD$/, '')
  return { kept: kept.slice(0, Math.max(kept.lastIndexOf('>') + 1, 0)), clipped: true }
}

function addClipNote({ tree, changes }: Page): void {
  const link = tagOf('a', { href: '#' }, [textOf('View entire message')])
  const note = tagOf('div', { style: 'padding:16px 0;font:14px Arial,sans-serif;color:#222' }, [textOf('[Message clipped]  '), link])
  append(firstTag(tree, 'body') ?? tree, note)
  changes.unshift('The message is clipped at 102 kB: what stands below is shown only to who asks for it.')
}

function dropStyles({ tree, changes }: Page, why: string): void {
  const styles = tagsOf(tree).filter(tag => tag.name === 'style' || tag.name === 'link')
  for (const style of styles) replace(style)
  if (styles.length > 0) changes.push(why)
}

function dropFaultyStyles({ tree, changes }: Page): void {
  const head = headOf(tree)
  let size = 0
  for (const { tag, css, root, valid } of sheetsOf(tree)) {
    size += css.length
    const why = faultOf(tag, head, !valid, size)
    if (why === null && !hasNestedAtRule(root)) continue
    replace(tag)
    changes.push(why ?? 'A style block is dropped: it holds an at-rule inside an at-rule.')
  }
}

function faultOf(tag: Tag, head: Tag, invalid: boolean, size: number): string | null {
  if (tag.parent !== head) return 'A style block is dropped: it does not stand in the head.'
  if (invalid) return 'A style block is dropped: its CSS is invalid.'
  return size > gmailStyleLimit ? 'A style block is dropped: together they are longer than 16 kB.' : null
}

// https://github.com/hteumeuleu/email-bugs/issues/21
function hasNestedAtRule(root: ReturnType<typeof sheetsOf>[number]['root']): boolean {
  let nested = false
  root.walkAtRules(rule => {
    if (rule.parent?.type === 'atrule') nested = true
  })
  return nested
}

// caniemail css-selector-attribute: only [class~=x]; css-at-media: no queries for the height.
function dropSelectors({ tree }: Page): void {
  for (const sheet of sheetsOf(tree)) {
    sheet.root.walkAtRules(/^media$/i, rule => {
      if (/\([^)]*height/i.test(rule.params)) rule.remove()
    })
    sheet.root.walkRules(rule => {
      const kept = rule.selectors.filter(selector => !/\[(?!\s*class\s*~=)/i.test(selector))
      if (kept.length === 0) rule.remove()
      else rule.selectors = kept
    })
    writeSheet(sheet)
  }
}
