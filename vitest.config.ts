import os from 'node:os'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    exclude: ['tests/corpora/**'],
    globalSetup: ['tests/browser/prepare-chromium.ts', 'tests/ledger/prepare-postgres.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Many tests wait: for a process, a browser or a database.
    maxWorkers: os.availableParallelism() + 1,
  },
})
