/** Who reads the emails with what: names of mail programs, and the shares to reckon with where the configuration gives none. */

/**
 * Every mail program that `audience` may name: families, and in each the clients whose support is known. The names are caniemail's.
 * A family's share is divided among its clients that are not named themselves.
 */
export const clientFamilies = {
  aol: ['aol-android', 'aol-ios', 'aol-web'],
  'apple-mail': ['apple-mail-ios', 'apple-mail-macos'],
  fastmail: ['fastmail-web'],
  'free-fr': ['free-fr-web'],
  gmail: ['gmail-android', 'gmail-ios', 'gmail-mobile-web', 'gmail-web'],
  gmx: ['gmx-android', 'gmx-ios', 'gmx-web'],
  hey: ['hey-web'],
  'ionos-1and1': ['ionos-1and1-android', 'ionos-1and1-web'],
  laposte: ['laposte-android', 'laposte-ios', 'laposte-web'],
  'mail-ru': ['mail-ru-web'],
  orange: ['orange-android', 'orange-ios', 'orange-web'],
  outlook: ['outlook-android', 'outlook-ios', 'outlook-macos', 'outlook-web', 'outlook-windows'],
  protonmail: ['protonmail-android', 'protonmail-ios', 'protonmail-web'],
  rainloop: ['rainloop-web'],
  'samsung-email': ['samsung-email-android'],
  sfr: ['sfr-android', 'sfr-ios', 'sfr-web'],
  't-online-de': ['t-online-de-web'],
  thunderbird: ['thunderbird-macos', 'thunderbird-windows'],
  'web-de': ['web-de-android', 'web-de-ios', 'web-de-web'],
  'wp-pl': ['wp-pl-web'],
  yahoo: ['yahoo-android', 'yahoo-ios', 'yahoo-web'],
} as const satisfies Readonly<Record<string, readonly string[]>>

/** Every name that `audience` may use. */
export const audienceNames: readonly string[] = Object.entries(clientFamilies).flatMap(([family, clients]) => [family, ...clients])

/**
 * Percent of opens by client, for a publication that knows nothing of its own. Families: Litmus Email Analytics, "Email Client Market Share in April 2022"
 * (litmus.com), the last of its monthly reports with all figures in words; Google Android counts as Gmail. Figures quoted in April 2026 have the same order and size.
 * They are mostly of senders in the United States, and Apple's half is opens by Mail Privacy Protection, so a list of your own tells more.
 * Within a family: Apple's as in Litmus's report of December 2021, the others our estimate.
 */
export const usualAudience: Readonly<Record<string, number>> = {
  'apple-mail-ios': 39.5,
  'apple-mail-macos': 17.7,
  'gmail-android': 12,
  'gmail-ios': 7.4,
  'gmail-web': 12,
  'outlook-windows': 3.8,
  'outlook-macos': 0.4,
  'outlook-web': 1,
  'samsung-email-android': 0.4,
  'yahoo-android': 0.7,
  'yahoo-ios': 0.7,
  'yahoo-web': 2,
}

/** Each client's share of an audience, in percent, summing to 100. `given` is `audience` of the configuration: families, clients, or nothing. */
export function audienceShares(given: Readonly<Record<string, number | undefined>>): ReadonlyMap<string, number> {
  const named = Object.entries(given).flatMap(([name, weight]) => (weight === undefined || weight === 0 ? [] : [[name, weight] as const]))
  const weights = new Map(
    named.length === 0 ? Object.entries(usualAudience) : named.flatMap(([name, weight]) => divided(name, weight, given)),
  )
  const sum = [...weights.values()].reduce((total, weight) => total + weight, 0)
  return new Map([...weights].map(([client, weight]) => [client, (weight / sum) * 100]))
}

// A family is divided as in the usual audience, evenly where that knows nothing of it.
function divided(name: string, weight: number, given: Readonly<Record<string, unknown>>): (readonly [string, number])[] {
  const clients: readonly string[] | undefined = Object.entries(clientFamilies).find(([family]) => family === name)?.[1]
  if (clients === undefined) return [[name, weight]]
  const unnamed = clients.filter(client => given[client] === undefined)
  const usual = unnamed.map(client => usualAudience[client] ?? 0)
  const sum = usual.reduce((total, each) => total + each, 0)
  return unnamed.map((client, index) => [client, sum === 0 ? weight / unnamed.length : (weight * (usual[index] ?? 0)) / sum] as const)
}
