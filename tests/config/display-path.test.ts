import { describe, expect, it } from 'vitest'
import { displayPath } from '../../src/config/display-path.ts'
import { shippedTemplates } from '../../src/config/shipped-templates.ts'

describe('displayPath()', () => {
  it('names a file relative to the root, a shipped one by the package, any other by its whole path', () => {
    expect(displayPath('/a/b/c.md', '/a')).toBe('b/c.md')
    expect(displayPath('/a/..b/c.md', '/a')).toBe('..b/c.md')
    expect(displayPath(`${shippedTemplates}/weekly/email.txt.hbs`, '/a')).toBe('news-digest/templates/weekly/email.txt.hbs')
    expect(displayPath('/elsewhere/c.md', '/a')).toBe('/elsewhere/c.md')
    expect(displayPath('/a', '/a')).toBe('/a')
  })
})
