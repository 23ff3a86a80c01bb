/** What a test sees of a sending: what the relay took, what was asked, why it was refused. */

import { onTestFinished } from 'vitest'
import type { SendProposal } from '../../src/delivery/send-report.ts'
import { UserError } from '../../src/errors.ts'
import type { SendRequest } from '../../src/run-send-contract.ts'
import { splitMessage } from '../message/raw-message.ts'
import type { TakenMessage } from './fault-server/fault.ts'
import { type FaultServerOptions, startFaultServer } from './fault-server/start-fault-server.ts'

/** A relay that remembers what it took. */
export async function startRelay(options: FaultServerOptions = {}) {
  const messages: TakenMessage[] = []
  const server = await startFaultServer({ ...options, onMessage: message => void messages.push(message) })
  onTestFinished(() => server.close())
  return { ...server, messages, recipients: () => messages.flatMap(({ to }) => to).sort() }
}

/** Why something was refused; it throws where it was not. */
export async function refusalOf(sending: Promise<unknown>): Promise<UserError> {
  const error = await sending.then(
    report => report,
    (thrown: unknown) => thrown,
  )
  if (error instanceof UserError) return error
  throw error instanceof Error ? error : new Error(`it was not refused: ${JSON.stringify(error)}`)
}

/** The value of a header of a message; undefined where it is not there. */
export const headerOf = (bytes: Uint8Array, name: string) => splitMessage(bytes).headers.find(each => each.name === name)?.value

/** What is proposed, as somebody would see it who then says yes, or no. */
export function answering(answer: boolean) {
  const proposals: SendProposal[] = []
  const confirm: SendRequest['confirm'] = async proposal => {
    proposals.push(proposal)
    return answer
  }
  return { proposals, confirm }
}
