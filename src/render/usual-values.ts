import type { MergeValues, Segment } from './email.ts'
import { joinSegments } from './join-email.ts'

/** What merge fields are filled with for inspecting and weighing: about as long as real ones, signed addresses included. */
export const usualValues: Required<MergeValues> = {
  name: 'Maximilian Example',
  email: 'maximilian.example@mail.example',
  unsubscribeUrl: `https://news.example/unsubscribe/${'u'.repeat(120)}`,
  preferencesUrl: `https://news.example/preferences/${'p'.repeat(120)}`,
  viewUrl: `https://news.example/archive/${'v'.repeat(120)}`,
}

/** UTF-8 bytes of a part with values of the usual length: the one size that is shown, checked and budgeted. */
export function usualBytes(segments: readonly Segment[]): number {
  return Buffer.byteLength(joinSegments(segments, usualValues))
}
