/** HTML taken apart as for a rule, from the HTML alone. */

import type { InspectContext, Inspected } from '../../src/inspect/finding.ts'
import { takeApart } from '../../src/inspect/take-apart.ts'
import { emailOf } from '../message/email-of.ts'

const context: InspectContext = { purpose: 'build', edition: null, sender: { email: null, address: null }, publicUrl: null }

/** An email of this HTML, taken apart. */
export function inspectedOf(html: string, changes: Partial<InspectContext> = {}): Promise<Inspected> {
  return takeApart(emailOf({ html: [{ text: html }] }), { ...context, ...changes })
}
