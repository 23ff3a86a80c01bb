import os from 'node:os'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    exclude: ['tests/corpora/**'],
    globalSetup: ['tests/browser/prepare-chromium.ts', 'tests/ledger/prepare-postgres.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Test files of one worker share its modules: reading mjml, kysely and the like anew for each took a third of the time. So a file leaves nothing behind.
    isolate: false,
    // Many tests wait: for a process, a browser or a database.
    maxWorkers: os.availableParallelism() + 1,
  },
})
