import type { MergeValues } from '../render/email.ts'

/** Whom a message goes to, and what stands in the merge fields. */
export interface MessageRecipient {
  readonly name: string | null
  readonly address: string
  readonly values: MergeValues
  /** The id of the delivery, by which a relay's log or a bounce is matched to it. Left out where nothing is delivered: in a build and a test. */
  readonly delivery?: number
}
