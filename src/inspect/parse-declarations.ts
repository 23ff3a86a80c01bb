import type { Declaration } from './finding.ts'

// Strings, brackets and comments may hold semicolons; what is left over is one character at a time.
const pieces =
  /\/\*[\s\S]*?(?:\*\/|$)|"(?:[^"\\]|\\[\s\S])*"?|'(?:[^'\\]|\\[\s\S])*'?|\((?:"[^"]*"|'[^']*'|[^()"'])*\)?|;|[^;"'(/]+|[\s\S]/g

/** The declarations of a style attribute, in order. What is no declaration is passed over, as mail programs do. */
export function parseDeclarations(style: string): readonly Declaration[] {
  const declarations: Declaration[] = []
  let current = ''
  const finish = () => {
    const colon = current.indexOf(':')
    const property = current.slice(0, Math.max(0, colon)).trim()
    const written = current.slice(colon + 1).trim()
    const value = written.replace(/\s*!\s*important$/i, '')
    if (colon > 0 && value !== '' && /^-{0,2}[\w-]+$/.test(property)) {
      declarations.push({
        property: property.startsWith('--') ? property : property.toLowerCase(),
        value,
        important: value !== written,
      })
    }
    current = ''
  }
  for (const [piece] of style.matchAll(pieces)) {
    if (piece === ';') finish()
    else current += piece.startsWith('/*') ? ' ' : piece
  }
  finish()
  return declarations
}
