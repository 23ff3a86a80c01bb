/** The contract of a command: options in, a result out. Only cli.ts prints it and sets the exit code. */

import type { ExitCode } from '../errors.ts'
import type { Paint } from '../report/paint.ts'

/** What a command may know of the world around it. */
export interface CommandContext {
  /** Absolute working folder. */
  readonly cwd: string
  /** The clock, read once; `--now` sets it. */
  readonly now: Date
  readonly paint: Paint
  /** Columns of the terminal; infinite where there is none, so that nothing is cut. */
  readonly columns: number
  /** True when a person can be asked. */
  readonly interactive: boolean
  /** Says how far a step is; shown on a terminal once it has taken a second. */
  readonly progress: (step: string, done: number, total: number) => void
  /**
   * Prints at once, for a command that goes on: text for people, or its one object where `--json` was given (null: that comes with the result), and
   * notes as a result has them.
   */
  readonly announce: (text: string, json: CommandResult['json'], notes: string) => void
}

/** What a command leaves behind: text for people (standard output), one object for `--json`, and notes for standard error. */
export interface CommandResult {
  readonly exitCode: ExitCode
  readonly text: string
  /** Null where the command has announced it. */
  readonly json: Readonly<Record<string, unknown>> | null
  /** Problems that did not stop the command, as text; printed on standard error. */
  readonly notes: string
}
