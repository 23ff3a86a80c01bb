import type { PreviewProblem } from './api.ts'
import { toProblems } from './problems.ts'

/** The newest value that could be made, if any could, and what kept a newer one from being made. */
export interface Kept<Value> {
  readonly value: Value | null
  readonly errors: readonly PreviewProblem[]
}

/** Makes values by name, and answers with the last good one where that fails. */
export function keepLast<Value>(): (name: string, make: () => Promise<Value>) => Promise<Kept<Value>> {
  const last = new Map<string, Value>()
  return async (name, make) => {
    try {
      const value = await make()
      last.set(name, value)
      return { value, errors: [] }
    } catch (error) {
      return { value: last.get(name) ?? null, errors: toProblems(error) }
    }
  }
}
