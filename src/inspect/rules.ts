/**
 * The list of rules. Configuration and continuous integration refer to them by name. Adding one is a file in rules/, two lines here, and a row in
 * docs/checks.md.
 */

import type { Rule } from './finding.ts'
import { bodyText } from './rules/body-text.ts'
import { clientSupport } from './rules/client-support.ts'
import { colorScheme } from './rules/color-scheme.ts'
import { forbiddenMarkup } from './rules/forbidden-markup.ts'
import { gmailClip } from './rules/gmail-clip.ts'
import { headingOrder } from './rules/heading-order.ts'
import { htmlDir } from './rules/html-dir.ts'
import { htmlLang } from './rules/html-lang.ts'
import { htmlTitle } from './rules/html-title.ts'
import { imageAltFileName } from './rules/image-alt-file-name.ts'
import { imageWithoutAlt } from './rules/image-without-alt.ts'
import { imageWithoutWidth } from './rules/image-without-width.ts'
import { itemLanguage } from './rules/item-language.ts'
import { layoutTable } from './rules/layout-table.ts'
import { leakedPlaceholder } from './rules/leaked-placeholder.ts'
import { linkNotAbsolute } from './rules/link-not-absolute.ts'
import { linkNotHttps } from './rules/link-not-https.ts'
import { linkPlaceholder } from './rules/link-placeholder.ts'
import { linkRedirected } from './rules/link-redirected.ts'
import { linkText } from './rules/link-text.ts'
import { linkTextRepeated } from './rules/link-text-repeated.ts'
import { linkUnreachable } from './rules/link-unreachable.ts'
import { linkWithoutText } from './rules/link-without-text.ts'
import { lostPick } from './rules/lost-pick.ts'
import { lowContrast } from './rules/low-contrast.ts'
import { messageEncoding } from './rules/message-encoding.ts'
import { messageHeaders } from './rules/message-headers.ts'
import { messageLines } from './rules/message-lines.ts'
import { messageListHeaders } from './rules/message-list-headers.ts'
import { messageParts } from './rules/message-parts.ts'
import { messageSender } from './rules/message-sender.ts'
import { missingPostalAddress } from './rules/missing-postal-address.ts'
import { missingSender } from './rules/missing-sender.ts'
import { missingUnsubscribe } from './rules/missing-unsubscribe.ts'
import { pictureSize } from './rules/picture-size.ts'
import { pictureWeight } from './rules/picture-weight.ts'
import { preheaderLength } from './rules/preheader-length.ts'
import { preheaderRepeatsSubject } from './rules/preheader-repeats-subject.ts'
import { remoteStyle } from './rules/remote-style.ts'
import { smallText } from './rules/small-text.ts'
import { styleNesting } from './rules/style-nesting.ts'
import { styleSize } from './rules/style-size.ts'
import { styleSyntax } from './rules/style-syntax.ts'
import { subjectCapitals } from './rules/subject-capitals.ts'
import { subjectCharacters } from './rules/subject-characters.ts'
import { subjectLength } from './rules/subject-length.ts'
import { textEmpty } from './rules/text-empty.ts'
import { textLinksDiffer } from './rules/text-links-differ.ts'
import { textMarkup } from './rules/text-markup.ts'
import { touchTarget } from './rules/touch-target.ts'
import { unknownCheck } from './rules/unknown-check.ts'
import { utmDuplicate } from './rules/utm-duplicate.ts'

const list: readonly Rule[] = [
  lostPick,
  gmailClip,
  styleSize,
  styleNesting,
  styleSyntax,
  remoteStyle,
  clientSupport,
  colorScheme,
  subjectLength,
  subjectCapitals,
  subjectCharacters,
  preheaderLength,
  preheaderRepeatsSubject,
  leakedPlaceholder,
  forbiddenMarkup,
  htmlLang,
  htmlDir,
  htmlTitle,
  itemLanguage,
  headingOrder,
  layoutTable,
  lowContrast,
  bodyText,
  smallText,
  touchTarget,
  linkNotAbsolute,
  linkNotHttps,
  linkPlaceholder,
  utmDuplicate,
  linkWithoutText,
  linkText,
  linkTextRepeated,
  linkUnreachable,
  linkRedirected,
  imageWithoutAlt,
  imageAltFileName,
  imageWithoutWidth,
  pictureSize,
  pictureWeight,
  textEmpty,
  textLinksDiffer,
  textMarkup,
  messageHeaders,
  messageSender,
  messageLines,
  messageEncoding,
  messageParts,
  messageListHeaders,
  missingSender,
  missingPostalAddress,
  missingUnsubscribe,
]

/** All rules, in the order in which their findings are told. */
export const rules: readonly Rule[] = [...list, unknownCheck(list.map(rule => rule.name))]
