import { audienceShares } from '../../config/audience.ts'
import { formatList } from '../../locale/format-list.ts'
import { acceptedBecause } from '../clients/baseline.ts'
import { clientDataDate } from '../clients/client-data.ts'
import { clientName } from '../clients/clients.ts'
import { type Consequence, consequenceOf } from '../clients/consequences.ts'
import { type FeaturePlace, type FeatureUse, matchFeatures } from '../clients/match-features.ts'
import { partialSupportHurts } from '../clients/partial-support.ts'
import { excerpt, excerptOf } from '../excerpt.ts'
import type { Complaint, Rule, Severity } from '../finding.ts'

/** One client that does not show what the email uses. */
interface Loser {
  readonly client: string
  /** Percent of the audience. */
  readonly share: number
  readonly partly: boolean
  readonly notes: readonly string[]
}

// From which share of the audience on a lack is told, and from which on it is an error, in percent.
const limits: Readonly<Record<Consequence, { readonly warning: number; readonly error: number }>> = {
  content: { warning: 1, error: 20 },
  layout: { warning: 2, error: 60 },
  looks: { warning: 25, error: Number.POSITIVE_INFINITY },
}

const losses: Readonly<Record<Consequence, string>> = {
  content: 'what it shows is missing there',
  layout: 'the layout changes there',
  looks: 'the email looks plainer there',
}

/** What some of the audience's mail programs do not support, after caniemail's data: one finding for each feature, weighed by `audience`. */
export const clientSupport: Rule = {
  name: 'client-support',
  inspect(inspected) {
    const shares = audienceShares(inspected.context.audience ?? {})
    return matchFeatures(inspected).flatMap(use => complaintOf(use, shares))
  },
}

function complaintOf({ feature, places }: FeatureUse, shares: ReadonlyMap<string, number>): Complaint[] {
  const open = places.filter(place => acceptedBecause(feature.slug, place) === null)
  const hit = open.filter(place => losersOf(feature, [place], shares).length > 0)
  const [first] = hit
  if (first === undefined) return []
  const losers = losersOf(feature, hit, shares)
  const share = losers.reduce((sum, loser) => sum + loser.share, 0)
  const consequence = consequenceOf(feature.slug)
  const severity = severityOf(consequence, share)
  if (severity === null) return []
  return [
    {
      severity,
      message: `${lackOf(feature.title, losers)} (${percent(share)} of the audience): ${losses[consequence]}`,
      place: { part: 'html', excerpt: excerptAt(first), at: first.at },
      help: helpFor(feature.slug, losers, hit.length),
    },
  ]
}

/** Those of whom most are in the audience first. */
function losersOf(feature: FeatureUse['feature'], places: readonly FeaturePlace[], shares: ReadonlyMap<string, number>): Loser[] {
  const losers = [...shares].flatMap(([client, share]) => {
    const support = feature.support.get(client)
    const loses =
      support?.level === 'unsupported' ||
      (support?.level === 'partial' && places.some(place => partialSupportHurts(feature.slug, support.notes, place)))
    return loses ? [{ client, share, partly: support.level === 'partial', notes: support.notes }] : []
  })
  return losers.toSorted((a, b) => b.share - a.share)
}

function severityOf(consequence: Consequence, share: number): Severity | null {
  const { warning, error } = limits[consequence]
  if (share >= error) return 'error'
  return share >= warning ? 'warning' : null
}

/** `Outlook (Windows) does not support display:flex`. */
function lackOf(title: string, losers: readonly Loser[]): string {
  const isOne = losers.length === 1
  // "Local anchors" is no name, "HTML comments" begins with one.
  const what = title.replace(/^[A-Z](?=[a-z])/, letter => letter.toLowerCase())
  const partly = losers.every(each => each.partly)
  return `${namesOf(losers)} ${partly ? `${isOne ? 'supports' : 'support'} ${what} only in part` : `${isOne ? 'does' : 'do'} not support ${what}`}`
}

function namesOf(losers: readonly Loser[]): string {
  const names = losers.map(({ client }) => clientName(client))
  return formatList(names.length <= 5 ? names : [...names.slice(0, 4), `${names.length - 4} more`], 'en')
}

function percent(share: number): string {
  return share < 10 ? `${share.toFixed(1)} %` : `${Math.round(share)} %`
}

function helpFor(slug: string, losers: readonly Loser[], places: number): string {
  const often = places === 1 ? 'it' : `it (used ${places} times)`
  const [told] = losers.flatMap(({ client, notes }) =>
    notes.slice(0, 1).map(note => ` Of ${clientName(client)} it says: ${sentence(note)}`),
  )
  return `leave ${often} out, or see that the email reads well without: https://www.caniemail.com/features/${slug}/ (as of ${clientDataDate}).${told ?? ''}`
}

/** A note without the level of support in front of it, which has been told. */
function sentence(note: string): string {
  const text = note.replace(/^(?:(?:partial|buggy|supported|not supported|unsupported)[.:]\s*)+(?=\S)/i, '')
  return excerpt(text, 160).replace(/[^.!?…]$/, last => `${last}.`)
}

function excerptAt({ element, text, value }: FeaturePlace): string {
  return element !== null && value === null ? excerptOf(element, 'src', 'href', 'type') : excerpt(text)
}
