/** Whole processes, measured in turns. */

import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** A program for the project's own Node. `before` runs untimed before each round. */
export interface Contender {
  readonly name: string
  readonly args: readonly string[]
  readonly before?: () => void
}

/** What one contender took, in milliseconds: the median of its wall times, all of them, the median of its processor times; and what it printed last. */
export interface Measured {
  readonly median: number
  readonly times: readonly number[]
  /** Of all threads, user and system. Hardly changes when others use the machine, as the wall time does. */
  readonly processor: number
  readonly output: string
}

/**
 * Runs the contenders in turns (A B C, A B C …), so that whatever else slows the machine slows all of them, after one untimed round that warms the disk
 * cache. A contender that fails stops the benchmark: a failed run is no measurement.
 */
export function runSideBySide<const Name extends string>(
  contenders: readonly (Contender & { readonly name: Name })[],
  rounds: number,
): Record<Name, Measured> {
  const measured = new Map(contenders.map(({ name }) => [name, { times: [] as number[], processor: [] as number[], output: '' }]))
  for (let round = 0; round <= rounds; round++) {
    for (const contender of contenders) {
      contender.before?.()
      const { milliseconds, processor, output } = runOnce(contender)
      const entry = measured.get(contender.name)
      if (entry === undefined) continue
      if (round > 0) entry.times.push(milliseconds)
      if (round > 0) entry.processor.push(processor)
      entry.output = output
    }
  }
  const results = [...measured].map(([name, { times, processor, output }]) => [
    name,
    { median: median(times), times, processor: median(processor), output },
  ])
  return Object.fromEntries(results) as Record<Name, Measured>
}

/** The middle of some numbers. */
export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? Number.NaN)
    : ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2
}

const tellProcessorTime = fileURLToPath(new URL('children/tell-processor-time.cjs', import.meta.url))

function runOnce({ name, args }: Contender): { milliseconds: number; processor: number; output: string } {
  const startedAt = performance.now()
  const { status, stdout, stderr, output } = spawnSync(process.execPath, ['--require', tellProcessorTime, ...args], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  })
  const milliseconds = performance.now() - startedAt
  if (status !== 0) throw new Error(`${name} ended with ${status}:\n${stderr}${stdout.slice(-2000)}`)
  return { milliseconds, processor: Number(output[3]), output: stdout }
}
