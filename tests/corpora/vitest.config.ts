import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

/** Real blogs, read from the folder that the environment variable CORPORA names; apart from the suite, because a clone does not have them. */
export default defineConfig({
  test: {
    root: fileURLToPath(new URL('../..', import.meta.url)),
    include: ['tests/corpora/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})
