/** Tokens that were used, for as long as they could be used again. */

/** Says whether a token may be used for this: not where it was used for something else before. */
export type UseToken = (token: string, use: string, now: number) => boolean

/** Remembers at most `most` tokens for `keep` milliseconds each; the oldest makes room. */
export function createUsedTokens({ most, keep }: { readonly most: number; readonly keep: number }): UseToken {
  const used = new Map<string, { readonly use: string; readonly at: number }>()
  return (token, use, now) => {
    for (const [each, { at }] of used) {
      if (used.size <= most && at >= now - keep) break
      used.delete(each)
    }
    const known = used.get(token)
    if (known === undefined) used.set(token, { use, at: now })
    return known === undefined || known.use === use
  }
}
