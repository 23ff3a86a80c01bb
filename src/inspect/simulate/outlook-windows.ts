import { parseColour } from '../colour.ts'
import type { Declaration } from '../finding.ts'
import { resolveConditionalComments } from './conditional-comments.ts'
import { dropUnsupported } from './drop-unsupported.ts'
import { replace, type Tag, tagsOf } from './html-tree.ts'
import { addClientStyle, dropComments, finishPage, openPage, type Page } from './page.ts'
import type { Simulation } from './simulation.ts'
import { changeDeclarations, inlineStyle, type Owner, setInlineStyle } from './styles.ts'
import { showVml } from './vml-shapes.ts'

/** Outlook 2016 to 2024 and Microsoft 365 on Windows in their classic form, which show email with Word. */
export const outlookWindows: Simulation = {
  id: 'outlook-windows',
  name: 'Outlook on Windows',
  describes: 'Word shows the email: its conditional comments are taken, and much of CSS is not.',
  scheme: 'light',
  transform({ html }) {
    const resolved = resolveConditionalComments(html)
    const page = openPage(resolved.html, { selfClosing: true })
    page.changes.push(
      `Conditional comments: ${resolved.taken} for Outlook taken, ${resolved.dropped} for others dropped.`,
      ...wordOnly(page),
    )
    dropComments(page.tree)
    keepFirstClass(page.tree)
    takeOfficeProperties(page.tree)
    dropBackgroundAttributes(page.tree)
    dropPartly(page)
    showHiddenTables(page)
    dropUnsupported(page, { client: 'outlook-windows' })
    const shapes = showVml(page.tree)
    if (shapes > 0) page.changes.push(`${shapes} VML shapes are shown as boxes.`)
    addClientStyle(page.tree, 'body{margin:8px;background:#fff;font-family:"Times New Roman",serif}')
    return finishPage(page, { id: 'outlook-windows', scheme: 'light' })
  },
}

// <xml> holds settings for Word, no content.
function wordOnly({ tree }: Page): string[] {
  for (const tag of tagsOf(tree)) if (tag.name === 'xml') replace(tag)
  for (const tag of tagsOf(tree)) if (tag.name === 'noscript' && tag.parent?.name === 'head') replace(tag, tag.children)
  return []
}

// Of several classes Word applies the first only: https://github.com/posthtml/posthtml-inline-css/issues/14
function keepFirstClass(tree: Tag): void {
  for (const tag of tagsOf(tree)) {
    const classes = tag.attributes.get('class')?.trim().split(/\s+/) ?? []
    if (classes.length > 1) tag.attributes.set('class', classes[0] ?? '')
  }
}

// mso-padding-alt stands above padding where padding counts; mso-hide:all hides.
function takeOfficeProperties(tree: Tag): void {
  for (const tag of tagsOf(tree)) {
    const style = inlineStyle(tag)
    if (!style.some(({ property }) => property.startsWith('mso-'))) continue
    const alternative = style.findLast(({ property }) => property === 'mso-padding-alt')
    const hidden = style.some(({ property, value }) => property === 'mso-hide' && value === 'all')
    setInlineStyle(tag, [
      ...style.filter(({ property }) => !property.startsWith('mso-') && !(alternative && property.startsWith('padding'))),
      ...(alternative ? [{ ...alternative, property: 'padding' }] : []),
      ...(hidden ? [{ property: 'display', value: 'none', important: false }] : []),
    ])
  }
}

// caniemail html-background: on the body only.
function dropBackgroundAttributes(tree: Tag): void {
  for (const tag of tagsOf(tree)) if (tag.name !== 'body') tag.attributes.delete('background')
}

// caniemail css-display-none: it does not reach tables inside.
function showHiddenTables({ tree, changes }: Page): void {
  for (const tag of tagsOf(tree)) {
    if (!inlineStyle(tag).some(({ property, value }) => property === 'display' && value === 'none') || tag.name === 'table') continue
    const tables = outermostTables(tag)
    if (tables.length === 0) continue
    replace(tag, tables)
    changes.push('A table inside something hidden is shown: display:none does not reach it.')
  }
}

function outermostTables(tag: Tag): Tag[] {
  const tables: Tag[] = []
  const waiting = [tag]
  for (let each = waiting.pop(); each !== undefined; each = waiting.pop()) {
    for (const child of each.children) if (child.kind === 'tag') (child.name === 'table' ? tables : waiting).push(child)
  }
  return tables
}

interface Limit {
  readonly property: RegExp
  /** What the change is called. */
  readonly name: string
  /** Whether Word drops the declaration; `name` of the element is null in a style block. */
  readonly drops: (declaration: Declaration, element: string | null) => boolean
}

// What caniemail's notes say of partial support in Outlook on Windows; in style blocks, which elements a rule meets is not looked up.
const limits: readonly Limit[] = [
  {
    property: /^padding/,
    name: 'padding outside table cells',
    drops: (_, element) => element !== null && element !== 'td' && element !== 'th',
  },
  { property: /^max-width$/, name: 'max-width outside tables', drops: (_, element) => element !== 'table' },
  {
    property: /^width$/,
    name: 'width of divs, paragraphs and pictures',
    drops: (_, element) => /^(?:body|span|div|p|img)$/.test(element ?? ''),
  },
  { property: /^display$/, name: 'display other than none', drops: ({ value }, element) => value !== 'none' || element === 'img' },
  { property: /^height$/, name: 'height of divs and paragraphs', drops: (_, element) => /^(?:body|span|div|p)$/.test(element ?? '') },
  { property: /^font-size$/, name: 'font sizes in rem', drops: ({ value }) => /\drem$/i.test(value) },
  { property: /^text-align$/, name: 'text-align start and end', drops: ({ value }) => /^(?:start|end|match-parent)$/i.test(value) },
  { property: /^text-transform$/, name: 'text-transform:lowercase', drops: ({ value }) => /^lowercase$/i.test(value) },
  {
    property: /^margin/,
    name: 'margins that are negative, automatic, or on spans and the body',
    drops: ({ value }, element) => /auto|(?:^|\s)-\d/.test(value) || element === 'span' || element === 'body',
  },
]

function dropPartly({ tree, changes }: Page): void {
  const dropped = new Set<string>()
  changeDeclarations(tree, (declaration, owner) => {
    // https://github.com/hteumeuleu/email-bugs/issues/31: a style attribute's !important makes Word ignore the declaration.
    if (declaration.important && owner !== null) return note('!important in style attributes')
    if (declaration.property === 'background') return backgroundColour(declaration, note)
    const limit = limits.find(({ property, drops }) => property.test(declaration.property) && drops(declaration, elementOf(owner)))
    return limit === undefined ? [declaration] : note(limit.name)
  })
  if (dropped.size > 0) changes.push(`Word leaves out: ${[...dropped].join(', ')}.`)

  function note(name: string): [] {
    dropped.add(name)
    return []
  }
}

function elementOf(owner: Owner): string | null {
  return owner?.name ?? null
}

// caniemail css-background: only colours.
function backgroundColour(declaration: Declaration, note: (name: string) => []): readonly Declaration[] {
  const colour = declaration.value
    .replace(/(?:url|[\w-]*gradient)\((?:[^()]|\([^()]*\))*\)/gi, '')
    .match(/#[\da-f]+|(?:rgb|hsl)a?\([^)]*\)|[a-z]+/gi)
    ?.find(each => parseColour(each) !== null)
  if (/url\(|gradient\(/i.test(declaration.value)) note('background pictures')
  return colour === undefined ? [] : [{ ...declaration, property: 'background-color', value: colour }]
}
