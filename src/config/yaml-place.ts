import type { YAMLException } from 'js-yaml'
import type { Place } from '../errors.ts'

/** Where js-yaml stopped reading a file. */
export function placeOfYamlError({ mark }: YAMLException, file: string): Place {
  return mark ? { file, line: mark.line + 1, column: mark.column + 1 } : { file }
}

/**
 * Finds where a value stands in a YAML text: the line and column of the deepest node of `path` that exists. Loads the `yaml` package, which keeps
 * positions, so it is called only once there is a problem to report. `firstLine` is the line of the file on which the text begins.
 */
export async function placeInYaml(file: string, text: string, path: readonly PropertyKey[], firstLine = 1): Promise<Place> {
  const { LineCounter, parseDocument, isMap } = await import('yaml')
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, logLevel: 'silent', uniqueKeys: false })
  for (let depth = path.length; depth > 0; depth--) {
    const parent = document.getIn(path.slice(0, depth - 1), true)
    const key = path[depth - 1]
    const pair = isMap(parent) ? parent.items.find(item => String(item.key) === String(key)) : undefined
    const node = pair?.key ?? document.getIn(path.slice(0, depth), true)
    const start = rangeStart(node)
    if (start !== null) {
      const { line, col } = lines.linePos(start)
      return { file, line: line + firstLine - 1, column: col }
    }
  }
  return { file, line: firstLine, column: 1 }
}

function rangeStart(node: unknown): number | null {
  if (typeof node !== 'object' || node === null || !('range' in node) || !Array.isArray(node.range)) return null
  return typeof node.range[0] === 'number' ? node.range[0] : null
}
