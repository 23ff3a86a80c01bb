/** Every rule over one email. Adding a rule is one file in rules/ and one line here. */

import type { Email } from '../render/email.ts'
import type { Finding, InspectContext, Rule } from './finding.ts'
import { forbiddenMarkup } from './rules/forbidden-markup.ts'
import { gmailClip } from './rules/gmail-clip.ts'
import { imageWithoutAlt } from './rules/image-without-alt.ts'
import { leakedPlaceholder } from './rules/leaked-placeholder.ts'
import { linkNotAbsolute } from './rules/link-not-absolute.ts'
import { missingPostalAddress } from './rules/missing-postal-address.ts'
import { missingSender } from './rules/missing-sender.ts'
import { missingUnsubscribe } from './rules/missing-unsubscribe.ts'
import { preheaderLength } from './rules/preheader-length.ts'
import { subjectCapitals } from './rules/subject-capitals.ts'
import { subjectLength } from './rules/subject-length.ts'
import { textLinksDiffer } from './rules/text-links-differ.ts'
import { takeApart } from './take-apart.ts'

/** All rules, in the order in which their findings are told. */
export const rules: readonly Rule[] = [
  gmailClip,
  subjectLength,
  subjectCapitals,
  preheaderLength,
  leakedPlaceholder,
  forbiddenMarkup,
  linkNotAbsolute,
  imageWithoutAlt,
  textLinksDiffer,
  missingSender,
  missingPostalAddress,
  missingUnsubscribe,
]

/** What every rule finds in an email. The same arguments give the same findings in the same order. */
export async function inspectEmail(email: Email, context: InspectContext): Promise<readonly Finding[]> {
  const inspected = await takeApart(email, context)
  return rules.flatMap(rule => rule.inspect(inspected).map(found => ({ rule: rule.name, ...found })))
}
