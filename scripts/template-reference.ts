/** The reference part of docs/templates.md, made from what the templates are checked against. */

import { messageParameters } from '../src/locale/messages.ts'
import type { GroupShape, Shape } from '../src/render/shape.ts'
import { helperSignatures } from '../src/render/template-helpers.ts'
import { viewShape } from '../src/render/view-shape.ts'

/** The document with the text between its two reference markers made anew. */
export function withTemplateReference(document: string): string {
  const [start, end] = ['<!-- reference:start -->', '<!-- reference:end -->']
  const [from, to] = [document.indexOf(start), document.indexOf(end)]
  if (from < 0 || to < from) throw new Error(`docs/templates.md has no ${start} … ${end}`)
  return `${document.slice(0, from + start.length)}\n${reference()}\n${document.slice(to)}`
}

function reference(): string {
  const helpers = Object.entries(helperSignatures).map(([name, { usage, about }]) => `| \`${name}\` | \`${usage}\` | ${cell(about)} |`)
  const messages = Object.entries(messageParameters).map(
    ([key, parameters]) => `| \`${key}\` | ${(parameters as readonly string[]).map(name => `\`${name}\``).join(', ')} |`,
  )
  return [
    '### Fields\n',
    'A field that may be null is printed inside `{{#if}}` or `{{#with}}`.\n',
    ...fieldTables(),
    '### Helpers\n',
    table('helper', 'used as', 'what it does', helpers),
    '### Messages\n',
    'Printed with `{{t "key" parameter=value}}`, in the language of the edition.\n',
    '| message | parameters |\n| --- | --- |',
    ...messages,
  ].join('\n')
}

/** One table for the view and one for each group in it; a group that several fields share is shown once. */
function fieldTables(): string[] {
  const tables: string[] = []
  const shown = new Map<GroupShape, string>()
  const show = (shape: GroupShape, title: string): void => {
    shown.set(shape, title)
    const inner: [GroupShape, string][] = []
    const rows = Object.entries(shape.fields).map(([name, field]) => {
      const below = groupOf(field.shape)
      if (below !== null && !shown.has(below)) {
        shown.set(below, singular(name, field.shape))
        inner.push([below, singular(name, field.shape)])
      }
      return `| \`${name}\` | ${kind(field.shape, shown)}${field.nullable ? ' or null' : ''} | ${cell(field.about)} |`
    })
    tables.push(`#### ${title}\n\n${table('field', 'kind', 'holds', rows)}`)
    for (const [below, name] of inner) show(below, name)
  }
  show(viewShape, 'The view')
  return tables
}

function kind(shape: Shape, shown: ReadonlyMap<GroupShape, string>): string {
  const words = { text: 'text', url: 'address', number: 'number', flag: 'yes or no', html: 'markup' } as const
  if (shape.kind === 'list') return `list of ${kind(shape.of, shown)}`
  return shape.kind === 'group' ? `[${shown.get(shape)}](#${shown.get(shape)})` : words[shape.kind]
}

function groupOf(shape: Shape): GroupShape | null {
  if (shape.kind === 'list') return groupOf(shape.of)
  return shape.kind === 'group' ? shape : null
}

// An opening story is an item like those of the lists; the questions and answers of an item are one each.
function singular(name: string, shape: Shape): string {
  const names: Readonly<Record<string, string>> = { opening: 'item', faq: 'answer' }
  return names[name] ?? (shape.kind === 'list' ? name.replace(/s$/, '') : name)
}

function table(first: string, second: string, third: string, rows: readonly string[]): string {
  return `| ${first} | ${second} | ${third} |\n| --- | --- | --- |\n${rows.join('\n')}\n`
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|')
}
