/** Ties elements of a shown email to their places in email.html. */

import { Parser } from 'htmlparser2'
import type { Finding } from '../../inspect/finding.ts'
import { parseHtml } from '../../inspect/parse-html.ts'
import { nameMergeFields } from '../../output/edition-files.ts'
import type { MergeValues, Segment } from '../../render/email.ts'
import { joinSegments } from '../../render/join-email.ts'
import { placeAttribute } from './api.ts'

// A style block holds no tags; every other thing that looks like an opening tag is one, also in a conditional comment: Outlook's simulation opens it.
const openingTags = /<style\b[\s\S]*?<\/style>|<([a-z][a-z0-9:-]*)(?=[\s/>])/gi

/** The HTML of one recipient, in which every opening tag says where it stands in email.html (`data-at`). */
export function joinWithPlaces(html: readonly Segment[], values: MergeValues): string {
  const tags = tagPlaces(nameMergeFields(html))
  let joined = ''
  let offset = 0
  let next = 0
  for (const segment of html) {
    const named = nameMergeFields([segment])
    let cut = 0
    for (; next < tags.length; next++) {
      const tag = tags[next]
      if (tag === undefined || tag.insertAt > offset + named.length) break
      if (!('text' in segment)) continue
      joined += `${named.slice(cut, tag.insertAt - offset)} ${placeAttribute}="${tag.start}"`
      cut = tag.insertAt - offset
    }
    joined += 'text' in segment ? named.slice(cut) : joinSegments([segment], values)
    offset += named.length
  }
  return joined
}

/** For each finding, where the innermost element begins that it stands in; null for one that stands in no element of the HTML. */
export function findPlaces(findings: readonly Finding[], html: string): readonly (number | null)[] {
  const { elements } = parseHtml(html, Parser)
  const lineStarts = [0, ...Array.from(html.matchAll(/\n/g), match => match.index + 1)]
  return findings.map(({ place: { part, line, column } }) => {
    const lineStart = line === null ? undefined : lineStarts[line - 1]
    if (part !== 'html' || lineStart === undefined) return null
    const offset = lineStart + (column ?? 1) - 1
    const around = elements.filter(element => element.start <= offset && offset < element.end)
    return around.length === 0 ? null : Math.max(...around.map(element => element.start))
  })
}

function tagPlaces(named: string): readonly { readonly start: number; readonly insertAt: number }[] {
  return Array.from(named.matchAll(openingTags)).flatMap(match =>
    match[1] === undefined ? [] : [{ start: match.index, insertAt: match.index + match[0].length }],
  )
}
