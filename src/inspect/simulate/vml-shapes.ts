import type { Declaration } from '../finding.ts'
import { replace, type Tag, tagOf, tagsOf } from './html-tree.ts'
import { inlineStyle, setInlineStyle } from './styles.ts'

/**
 * Shows VML, which Outlook draws from, by HTML of the same size: rectangles, round rectangles, ovals and pictures with their fill and their text.
 * https://learn.microsoft.com/windows/win32/vml/web-workshop---specs---standards----introduction-to-vector-markup-language--vml-
 * Gives the number of shapes.
 */
export function showVml(tree: Tag): number {
  let shapes = 0
  // The innermost first: a shape's text may hold another shape.
  for (const tag of tagsOf(tree).reverse()) {
    if (tag.name === 'v:textbox' || tag.name === 'center') {
      if (tag.name === 'v:textbox') replace(tag, tag.children)
    } else if (/^v:(?:rect|roundrect|oval|shape|image)$/.test(tag.name)) {
      shapes++
      replace(tag, [boxOf(tag)])
    } else if (/^[vow]:/.test(tag.name) && tag.name !== 'v:fill' && tag.name !== 'v:imagedata') {
      replace(tag, tag.children)
    }
  }
  for (const tag of tagsOf(tree)) if (tag.name.startsWith('v:')) replace(tag, tag.children)
  return shapes
}

function boxOf(shape: Tag): Tag {
  const own = inlineStyle(shape)
  const sizes = own.filter(({ property }) => property === 'width' || property === 'height')
  const fill = tagsOf(shape).find(({ name }) => name === 'v:fill' || name === 'v:imagedata')
  const colour = shape.attributes.get('fillcolor') ?? fill?.attributes.get('color')
  const picture = fill?.attributes.get('src') ?? shape.attributes.get('src')
  const says = (...names: readonly string[]) => !names.some(name => /^(?:f|false)$/i.test(shape.attributes.get(name) ?? ''))
  const [filled, stroked] = [says('filled', 'fill'), says('stroked', 'stroke')]
  const box = tagOf(
    'div',
    {},
    shape.children.filter(child => child !== fill),
  )
  setInlineStyle(box, [
    ...sizes,
    declare('display', 'inline-block'),
    declare('box-sizing', 'border-box'),
    declare('overflow', 'hidden'),
    declare('border-radius', roundness(shape, sizes)),
    ...(filled && colour !== undefined ? [declare('background-color', colour)] : []),
    ...(picture === undefined
      ? []
      : [declare('background-image', `url("${picture.replaceAll('"', '%22')}")`), declare('background-size', 'cover')]),
    ...(stroked
      ? [declare('border', `${shape.attributes.get('strokeweight') ?? '1px'} solid ${shape.attributes.get('strokecolor') ?? '#000'}`)]
      : []),
    ...own.filter(({ property }) => property === 'v-text-anchor').map(() => declare('align-content', 'center')),
  ])
  return box
}

function roundness({ name, attributes }: Tag, sizes: readonly Declaration[]): string {
  if (name === 'v:oval') return '50%'
  if (name !== 'v:roundrect') return '0'
  // arcsize is a share of the shorter side: 20% of it unless said otherwise.
  const share = Number.parseFloat(attributes.get('arcsize') ?? '20%') / 100
  const shorter = Math.min(...sizes.map(({ value }) => Number.parseFloat(value)).filter(each => each > 0), 10_000)
  return shorter === 10_000 ? '4px' : `${Math.round(share * shorter)}px`
}

function declare(property: string, value: string): Declaration {
  return { property, value, important: false }
}
