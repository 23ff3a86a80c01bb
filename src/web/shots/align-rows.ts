/** Which rows of two pictures belong to each other, so that a line more near the top does not make everything below it count as changed. */

/** A row of the one, of the other, or of both. Indices count from 0. */
export interface AlignedRow {
  readonly old: number | null
  readonly fresh: number | null
}

/**
 * Pairs the rows of two pictures, given by what tells rows apart. The order of both is kept and every row occurs once. Rows that are the same and occur
 * once in each hold the rest together (the patience diff); what lies between two of them is paired from both ends, and then one by one.
 */
export function alignRows(old: readonly string[], fresh: readonly string[]): readonly AlignedRow[] {
  const rows: AlignedRow[] = []
  let [fromOld, fromFresh] = [0, 0]
  for (const anchor of [...longestRise(sharedOnce(old, fresh)), { old: old.length, fresh: fresh.length }]) {
    rows.push(...pairBetween(old, fresh, { old: fromOld, fresh: fromFresh }, anchor))
    if (anchor.old < old.length) rows.push(anchor)
    fromOld = anchor.old + 1
    fromFresh = anchor.fresh + 1
  }
  return rows
}

interface Pair {
  readonly old: number
  readonly fresh: number
}

/** Rows that stand once in each, in the order of the old ones. */
function sharedOnce(old: readonly string[], fresh: readonly string[]): readonly Pair[] {
  const places = onlyPlaces(fresh)
  return [...onlyPlaces(old)].flatMap(([row, index]) => {
    const other = places.get(row)
    return other === undefined ? [] : [{ old: index, fresh: other }]
  })
}

function onlyPlaces(rows: readonly string[]): ReadonlyMap<string, number> {
  const places = new Map<string, number>()
  const twice = new Set<string>()
  for (const [index, row] of rows.entries()) {
    if (places.has(row)) twice.add(row)
    else places.set(row, index)
  }
  for (const row of twice) places.delete(row)
  return places
}

/** The longest choice of pairs in which the fresh rows rise, too. */
function longestRise(pairs: readonly Pair[]): readonly Pair[] {
  const ends: number[] = []
  const before: number[] = []
  for (const [index, pair] of pairs.entries()) {
    let [low, high] = [0, ends.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((pairs[ends[middle] ?? 0]?.fresh ?? 0) < pair.fresh) low = middle + 1
      else high = middle
    }
    before[index] = ends[low - 1] ?? -1
    ends[low] = index
  }
  const chosen: Pair[] = []
  for (let index = ends.at(-1) ?? -1; index >= 0; index = before[index] ?? -1) {
    const pair = pairs[index]
    if (pair !== undefined) chosen.push(pair)
  }
  return chosen.toReversed()
}

function pairBetween(old: readonly string[], fresh: readonly string[], from: Pair, to: Pair): readonly AlignedRow[] {
  let [top, bottom] = [0, 0]
  const most = Math.min(to.old - from.old, to.fresh - from.fresh)
  while (top < most && old[from.old + top] === fresh[from.fresh + top]) top += 1
  while (bottom < most - top && old[to.old - 1 - bottom] === fresh[to.fresh - 1 - bottom]) bottom += 1
  const both = Array.from({ length: most - bottom }, (_, index) => ({ old: from.old + index, fresh: from.fresh + index }))
  const onlyOld = Array.from({ length: to.old - from.old - most }, (_, index) => ({ old: from.old + most - bottom + index, fresh: null }))
  const onlyFresh = Array.from({ length: to.fresh - from.fresh - most }, (_, index) => ({
    old: null,
    fresh: from.fresh + most - bottom + index,
  }))
  const end = Array.from({ length: bottom }, (_, index) => ({ old: to.old - bottom + index, fresh: to.fresh - bottom + index }))
  return [...both, ...onlyOld, ...onlyFresh, ...end]
}
