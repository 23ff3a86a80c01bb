/** What each mail program supports: the data of caniemail, looked up by client and feature. */

import { clientFeatureRows, clientNames } from './client-data.ts'

/** `supported`, `unsupported`, `partial` (the notes say how far), or `unknown`: nobody tested it. */
export type Support = 'supported' | 'unsupported' | 'partial' | 'unknown'

/** One feature of HTML or CSS, or one picture format, as caniemail tells it. */
export interface Feature {
  /** Permanent: https://www.caniemail.com/features/<slug>/ */
  readonly slug: string
  readonly title: string
  /** What it is recognised by in an email; see feature-keys.ts. */
  readonly keys: readonly string[]
  /** By id of the client. */
  readonly support: ReadonlyMap<string, { readonly level: Support; readonly notes: readonly string[] }>
}

const levels: Readonly<Record<string, Support>> = { y: 'supported', n: 'unsupported', a: 'partial', u: 'unknown' }

/** Every feature that an email can show. */
export const features: readonly Feature[] = (JSON.parse(`[${clientFeatureRows.trim().replaceAll('\n', ',')}]`) as Row[]).map(toFeature)

type Row = readonly [slug: string, title: string, keys: string, support: string, notes: Readonly<Record<string, string>>]

function toFeature([slug, title, keys, support, notes]: Row): Feature {
  const codes = support.split(' ')
  return {
    slug,
    title,
    keys: keys.split(' '),
    support: new Map(
      clientNames.map(([client], index) => {
        const [level = 'u', numbers = ''] = [codes[index]?.slice(0, 1), codes[index]?.slice(1)]
        return [client, { level: levels[level] ?? 'unknown', notes: numbers.split('.').flatMap(number => notes[number] ?? []) }]
      }),
    ),
  }
}

const byKey = Map.groupBy(
  features.flatMap(feature => feature.keys.map(key => ({ key, feature }))),
  each => each.key,
)

/** The features that a key stands for: none for what caniemail does not know. */
export function featuresOf(key: string): readonly Feature[] {
  return byKey.get(key)?.map(each => each.feature) ?? []
}

/** How far a client supports what a key stands for; null where caniemail does not know the key. The worst, where it stands for several features. */
export function supportOf(client: string, key: string): Support | null {
  const found = featuresOf(key).map(feature => feature.support.get(client)?.level ?? 'unknown')
  return (['unsupported', 'partial', 'unknown', 'supported'] as const).find(level => found.includes(level)) ?? null
}

/** A client as its users call it: `Outlook (Windows)`. */
export function clientName(client: string): string {
  return clientNames.find(([id]) => id === client)?.[1] ?? client
}
