/** The list of rules. Configuration and continuous integration refer to them by name. */

import type { Rule } from './finding.ts'
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
