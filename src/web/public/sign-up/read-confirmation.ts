import { randomBytes } from 'node:crypto'
import type { Config } from '../../../config/config.ts'
import type { Messages } from '../../../locale/messages.ts'
import { readConfirmTemplates } from '../../../render/read-templates.ts'
import { type Confirmation, renderConfirmation } from '../../../render/render-confirmation.ts'
import { confirmWithin } from '../../../subscribers/request-sign-up.ts'

/** Reads the templates of the mail that confirms, and renders it in the language of the messages. Throws what `renderConfirmation` throws. */
export async function readConfirmation(config: Config, messages: Messages): Promise<Confirmation> {
  const { templates: userDir, displayRoot } = config.paths
  const templates = await readConfirmTemplates({ userDir, displayRoot })
  const nonce = randomBytes(16).toString('hex')
  return renderConfirmation({ config, templates, messages, nonce, hours: confirmWithin / 3_600_000 })
}
