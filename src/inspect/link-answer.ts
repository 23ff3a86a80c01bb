import type { PictureFacts } from './picture-facts.ts'

/** What became of asking for an address. */
export interface LinkAnswer {
  readonly address: string
  readonly outcome:
    | { readonly kind: 'answered'; readonly status: number; readonly type: string | null }
    /** `why` is one phrase: "the certificate has expired". */
    | { readonly kind: 'failed'; readonly why: string; readonly certificate: boolean }
    /** Nobody was asked: the address, or one it redirects to, is not for the public. */
    | { readonly kind: 'refused'; readonly why: string }
  /** Where it was sent on to, in order, with the status of each step. */
  readonly redirects: readonly { readonly status: number; readonly to: string }[]
  /** What was seen of a picture; null for anything else. */
  readonly picture: PictureFacts | null
}
