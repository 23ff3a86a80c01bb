import path from 'node:path'
import { takeSnapshot } from '../snapshot.ts'
import type { Sender } from './run-harness.ts'

/** The engine alone, without the command around it. */
export const engineSender: Sender = {
  prepare: async ({ ledger }) => {
    await takeSnapshot(ledger)
  },
  command: ({ place: { file, databaseUrl }, port, connections }) => ({
    args: [
      path.join(import.meta.dirname, 'run-engine.ts'),
      '--ledger',
      file,
      '--port',
      `${port}`,
      '--connections',
      `${connections}`,
      ...(databaseUrl === undefined ? [] : ['--database', databaseUrl]),
    ],
  }),
}
