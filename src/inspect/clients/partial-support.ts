/** When partial support is a fault: what the notes of caniemail say of a client, asked of the places in the email. */

import type { FeaturePlace } from './match-features.ts'

interface Condition {
  readonly feature: string
  /** Found in the note. */
  readonly note: RegExp
  readonly hurts: (place: FeaturePlace) => boolean
}

const severalValues = /,(?![^(]*\))/

const conditions: readonly Condition[] = [
  { feature: 'css-margin', note: /negative values/i, hurts: ({ value }) => /(?:^|\s)-[\d.]*[1-9]/.test(value ?? '') },
  { feature: 'css-background', note: /only background-color/i, hurts: ({ value }) => /url\(|gradient\(/i.test(value ?? '') },
  { feature: 'css-background', note: /multiple values/i, hurts: ({ value }) => severalValues.test(value ?? '') },
  { feature: 'css-background-image', note: /multiple values/i, hurts: ({ value }) => severalValues.test(value ?? '') },
  { feature: 'css-border-radius', note: /slash/i, hurts: ({ value }) => value?.includes('/') === true },
  { feature: 'css-padding', note: /only supported on table cells/i, hurts: isBarePaddedButton },
]

/** True when a client's partial support leaves out what this place asks for. Notes about other uses of the feature do not count. */
export function partialSupportHurts(feature: string, notes: readonly string[], place: FeaturePlace): boolean {
  return conditions.some(each => each.feature === feature && notes.some(note => each.note.test(note)) && each.hurts(place))
}

// Outlook drops the padding of a link that looks like a button, unless its cell repeats it in mso-padding-alt, as MJML's buttons do.
function isBarePaddedButton({ element, value }: FeaturePlace): boolean {
  if (element?.name !== 'a' || !/\d{2}|[8-9]/.test(value ?? '')) return false
  if (!element.style.some(({ property }) => property === 'background' || property === 'background-color')) return false
  return element.parent?.style.some(({ property }) => property === 'mso-padding-alt') !== true
}
