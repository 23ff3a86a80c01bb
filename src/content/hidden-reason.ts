/** Whether a site shows a post, by its own words. */

import { type FieldReader, type FrontMatterData, valueAt } from './field-aliases.ts'
import { truthOf } from './field-values.ts'
import type { HiddenReason } from './post.ts'

const draftsFolder = /(?:^|\/)_drafts\//
const shownStatuses = new Set(['published', 'publish', 'public', 'live'])

/**
 * Why a post is hidden; null when it is shown. A `draft` in a word that is neither yes nor no ("almost") counts as a draft: an unfinished
 * post in subscribers' hands is worse than one left out.
 */
export function hiddenReason(file: string, data: FrontMatterData, fields: FieldReader): HiddenReason | null {
  if (draftsFolder.test(file)) return 'drafts-folder'
  const own = fields.first(data, 'hidden')
  if (own !== null && truthOf(own.value) !== false) return 'draft'
  if (isSet(data, 'draft') && truthOf(data.draft) !== false) return 'draft'
  if (truthOf(valueAt(data, 'published')) === false) return 'unpublished'
  if (truthOf(valueAt(data, 'unlisted')) === true) return 'unlisted'
  if (truthOf(valueAt(data, 'archived')) === true) return 'archived'
  const status = valueAt(data, 'status')
  return typeof status === 'string' && status.trim() !== '' && !shownStatuses.has(status.trim().toLowerCase()) ? 'status' : null
}

/** Whether a file that cannot be parsed says all the same that it is hidden: by its folder, or a line of its raw text. */
export function isPlainlyHidden(file: string, raw: string): boolean {
  return draftsFolder.test(file) || /(?:^|[{,])[ \t]*["']?draft["']?[ \t]*[:=][ \t]*["']?(?:true|yes|1)\b/im.test(raw)
}

function isSet(data: FrontMatterData, name: string): boolean {
  const value = valueAt(data, name)
  return value !== undefined && value !== null && value !== ''
}
