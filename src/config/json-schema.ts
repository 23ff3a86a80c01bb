import * as z from 'zod'
import { configSchema } from './schema.ts'

/** The JSON Schema (draft 2020-12) of news-digest.yaml as the text of news-digest.schema.json: what a person may write, so defaults are optional. */
export function configJsonSchemaText(): string {
  const schema = z.toJSONSchema(configSchema, { io: 'input', unrepresentable: 'any' })
  return `${JSON.stringify({ title: 'news-digest.yaml', ...schema }, null, 2)}\n`
}
