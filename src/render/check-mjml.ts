/** Whether the tags of filled MJML are closed. MJML's parser closes what is open by itself and drops what it cannot place, without a word. */

/** One thing that is wrong with the markup, at a character of it. */
export interface MarkupProblem {
  readonly offset: number
  readonly message: string
  readonly expected: string
  readonly hint: string
}

// HTML closes these by itself, or they have no end tag at all.
const selfEnding = new Set(
  'area base br col embed hr img input link meta source track wbr p li td th tr tbody thead tfoot dt dd option colgroup'.split(' '),
)

// Comments, or a tag with quoted values kept whole.
const tags = /<!--[\s\S]*?-->|<(\/?)([a-zA-Z][\w-]*)((?:"[^"]*"|'[^']*'|[^"'<>])*)(>|<|["']|$)/g

interface OpenTag {
  readonly name: string
  readonly offset: number
}

/** Every tag that is not closed, closed twice, or closed in the wrong order; and `mj-include`, which reads files. `mj-raw` may hold pieces of markup. */
export function checkMjml(mjml: string): readonly MarkupProblem[] {
  const problems: MarkupProblem[] = []
  const open: OpenTag[] = []
  tags.lastIndex = 0
  for (let match = tags.exec(mjml); match !== null; match = tags.exec(mjml)) {
    const [, slash, name, attributes = '', end] = match
    if (name === undefined) continue
    if (end !== '>') {
      problems.push(unfinishedTag(name, match.index))
      tags.lastIndex = match.index + 1
      continue
    }
    if (name === 'mj-include') problems.push(include(match.index))
    if (slash === '/') problems.push(...close(open, name, match.index))
    else if (!attributes.endsWith('/') && !selfEnding.has(name.toLowerCase())) {
      open.push({ name, offset: match.index })
      if (name === 'mj-raw' || name === 'mj-style') skipContent(mjml, name)
    }
  }
  return [...problems, ...open.map(neverClosed)].toSorted((a, b) => a.offset - b.offset)
}

function skipContent(mjml: string, name: string): void {
  const end = mjml.indexOf(`</${name}`, tags.lastIndex)
  if (end >= 0) tags.lastIndex = end
}

function close(open: OpenTag[], name: string, offset: number): MarkupProblem[] {
  if (selfEnding.has(name.toLowerCase())) return []
  const index = open.findLastIndex(tag => tag.name === name)
  if (index >= 0) return open.splice(index).slice(1).map(neverClosed)
  return [
    {
      offset,
      message: `</${name}> closes a tag that is not open`,
      expected: `<${name}> before it`,
      hint: `Remove </${name}>, or open <${name}> where it should begin.`,
    },
  ]
}

function neverClosed({ name, offset }: OpenTag): MarkupProblem {
  return {
    offset,
    message: `<${name}> is never closed`,
    expected: `</${name}>`,
    hint: `Write </${name}> where it should end, or <${name} /> when it is empty.`,
  }
}

function unfinishedTag(name: string, offset: number): MarkupProblem {
  return { offset, message: `the tag <${name} does not end`, expected: '>', hint: 'End the tag with >, and close every quote in it.' }
}

function include(offset: number): MarkupProblem {
  return {
    offset,
    message: '<mj-include> is not supported',
    expected: 'a partial',
    hint: 'Put the file into partials/ and write {{> name}}.',
  }
}
