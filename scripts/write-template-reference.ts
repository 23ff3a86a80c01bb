// Writes the reference of docs/templates.md from the view's shape, the helpers and the messages. A test holds it up to date.
import { readFileSync, writeFileSync } from 'node:fs'
import { withTemplateReference } from './template-reference.ts'

const file = new URL('../docs/templates.md', import.meta.url)
writeFileSync(file, withTemplateReference(readFileSync(file, 'utf8')))
