import type { CommandContext } from '../../src/commands/command.ts'
import { createPaint } from '../../src/report/paint.ts'

/** The world of a command in a test: no colour, no terminal, Monday 9 February 2026. */
export function contextOf(cwd: string): CommandContext {
  return {
    cwd,
    now: new Date('2026-02-09T09:00:00Z'),
    paint: createPaint(false),
    columns: Number.POSITIVE_INFINITY,
    interactive: false,
    progress: () => {},
    announce: () => {},
  }
}
