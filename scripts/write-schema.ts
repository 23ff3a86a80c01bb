// Writes news-digest.schema.json, which editors complete news-digest.yaml from. A test holds it equal to the schema in the code.
import { writeFileSync } from 'node:fs'
import { configJsonSchemaText } from '../src/config/json-schema.ts'

writeFileSync(new URL('../news-digest.schema.json', import.meta.url), configJsonSchemaText())
