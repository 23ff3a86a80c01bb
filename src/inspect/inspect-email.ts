/** Every rule over one email. Adding a rule is one file in rules/ and one line in rules.ts. */

import type { Email } from '../render/email.ts'
import { createFinder } from './find-origin.ts'
import type { Finding, InspectContext } from './finding.ts'
import { createLocator } from './locate.ts'
import { rules } from './rules.ts'
import { takeApart } from './take-apart.ts'

/** What every rule finds in an email. The same arguments give the same findings in the same order. */
export async function inspectEmail(email: Email, context: InspectContext): Promise<readonly Finding[]> {
  const inspected = await takeApart(email, context)
  const locate = createLocator(email)
  const findOrigin = createFinder(inspected)
  return rules.flatMap(rule =>
    rule.inspect(inspected).map(({ severity, message, help, place }) => ({
      rule: rule.name,
      severity,
      message,
      place: { part: place.part, excerpt: place.excerpt, ...locate(place) },
      origin: findOrigin(place),
      help,
    })),
  )
}
