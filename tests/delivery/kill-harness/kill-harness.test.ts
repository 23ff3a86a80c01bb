import { describe, expect, it } from 'vitest'
import { createDatabase } from '../../ledger/create-database.ts'
import { createTempFolder } from '../../temp-folder.ts'
import { cliSender } from './cli-sender.ts'
import { runHarness } from './run-harness.ts'
import { usualFaults } from './usual-faults.ts'

// The long run, over 3,000 recipients with 25 kills, is `npm run chaos`.
describe('a process that is killed while it sends', () => {
  it.each(['SQLite', 'PostgreSQL'])('loses nobody, serves nobody twice and knows of all but those under way, on %s', async kind => {
    const report = await runHarness({
      seed: 7,
      folder: await createTempFolder(),
      ...(kind === 'SQLite' ? {} : { databaseUrl: await createDatabase() }),
      recipients: 400,
      kills: 5,
      connections: 5,
      leavers: 60,
      // Closing asks for waits of seconds.
      faults: { ...usualFaults, 'greeting-421': 0, storm: 0 },
      sender: cliSender,
    })
    expect(report.violations).toEqual([])
    expect([report.lost, report.duplicates, report.sum.closes]).toEqual([0, 0, true])
  })
})
