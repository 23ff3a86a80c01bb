import type { Declaration } from '../finding.ts'
import { decodeText, replace, type Tag, tagOf, tagsOf, textOf } from './html-tree.ts'
import { dropComments, finishPage, openPage, type Page } from './page.ts'
import type { Simulation } from './simulation.ts'
import { changeDeclarations, inlineStyle, setInlineStyle } from './styles.ts'

/** Pictures not loaded: what Outlook and many companies begin with, and what a slow connection looks like. */
export const imagesOff: Simulation = {
  id: 'images-off',
  name: 'Pictures off',
  describes: 'Pictures are not loaded: their alt text stands in their place, in the style of the picture.',
  scheme: 'light',
  transform({ html }) {
    const page = openPage(html)
    dropComments(page.tree)
    blankPictures(page)
    dropBackgrounds(page)
    return finishPage(page, { id: 'images-off', scheme: 'light' })
  },
}

function blankPictures({ tree, changes }: Page): void {
  const count = { told: 0, silent: 0, missing: 0 }
  for (const tag of tagsOf(tree)) {
    if (tag.name === 'source' || (tag.name === 'input' && tag.attributes.get('type') === 'image')) replace(tag)
    if (tag.name !== 'img') continue
    const alt = tag.attributes.get('alt')
    count[alt === undefined ? 'missing' : alt.trim() === '' ? 'silent' : 'told']++
    replace(tag, [placeholder(tag, decodeText(alt ?? ''))])
  }
  if (count.told > 0) changes.push(`${count.told} pictures show their alt text.`)
  if (count.silent > 0) changes.push(`${count.silent} pictures have an empty alt text and leave a gap.`)
  if (count.missing > 0) changes.push(`${count.missing} pictures have no alt text at all.`)
}

// Alt text takes font and colour of the picture's own style (https://www.litmus.com/blog/the-ultimate-guide-to-styled-alt-text-in-email).
function placeholder(image: Tag, alt: string): Tag {
  const box = tagOf('span', { class: image.attributes.get('class') ?? '', 'data-image-off': '' }, alt === '' ? [] : [textOf(alt)])
  const own = inlineStyle(image)
  const display = own.find(({ property }) => property === 'display')?.value ?? 'inline'
  setInlineStyle(box, [
    ...own.filter(({ property }) => !/^(?:height|display|object-|vertical-align)/.test(property)),
    ...sizeOf(image, own, alt),
    declare('display', { inline: 'inline-block', block: 'block' }[display] ?? display),
    declare('max-width', '100%'),
    declare('box-sizing', 'border-box'),
    declare('overflow', 'hidden'),
    ...(alt === '' ? [] : [declare('outline', '1px solid #c4c4c4'), declare('outline-offset', '-1px'), declare('padding', '4px')]),
  ])
  return box
}

function sizeOf({ attributes }: Tag, own: readonly Declaration[], alt: string): Declaration[] {
  const [width, height] = ['width', 'height'].map(name => /^\d+$/.exec(attributes.get(name) ?? '')?.[0])
  const styled = own.some(({ property }) => property === 'width')
  return [
    ...(width !== undefined && !styled ? [declare('width', `${width}px`)] : []),
    ...(height === undefined ? [] : [declare('height', `${height}px`)]),
    ...(alt === '' ? [] : [declare('min-height', '1.5em')]),
  ]
}

function dropBackgrounds({ tree, changes }: Page): void {
  let dropped = 0
  changeDeclarations(tree, declaration => {
    if (!/url\(/i.test(declaration.value)) return [declaration]
    dropped++
    const value = declaration.value.replace(/url\((?:"[^"]*"|'[^']*'|[^)]*)\)/gi, '').trim()
    return declaration.property === 'background' && value !== '' ? [{ ...declaration, value }] : []
  })
  for (const tag of tagsOf(tree)) if (tag.attributes.delete('background')) dropped++
  if (dropped > 0) changes.push(`${dropped} background pictures are not loaded.`)
}

function declare(property: string, value: string): Declaration {
  return { property, value, important: false }
}
