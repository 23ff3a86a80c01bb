/** Counts what an answer costs: statements of the ledger, and HMACs. */

import crypto from 'node:crypto'
import { syncBuiltinESMExports } from 'node:module'
import { type KyselyPlugin, SqliteQueryCompiler } from 'kysely'
import { onTestFinished } from 'vitest'
import type { Ledger } from '../../../src/ledger/ledger.ts'

/** What was done, in order: the text of each statement, `transaction`, `hmac`, `compare`. */
export interface Work {
  readonly done: string[]
  /** The same ledger, each statement written down. */
  readonly watched: (ledger: Ledger) => Ledger
}

/** Watches a SQLite ledger, and Node's own HMACs and comparisons in constant time, until the test ends. */
export function countWork(): Work {
  const done: string[] = []
  const compiler = new SqliteQueryCompiler()
  const plugin: KyselyPlugin = {
    transformQuery: ({ node, queryId }) => {
      done.push(compiler.compileQuery(node, queryId).sql)
      return node
    },
    transformResult: async ({ result }) => result,
  }
  watchCrypto(done)
  return {
    done,
    watched: ledger => ({
      ...ledger,
      db: ledger.db.withPlugin(plugin),
      write: work => {
        done.push('transaction')
        return ledger.write(db => work(db.withPlugin(plugin)))
      },
    }),
  }
}

// The modules under test see what the object of node:crypto holds once their imports are brought up to date.
function watchCrypto(done: string[]): void {
  const { createHmac, timingSafeEqual } = crypto
  onTestFinished(() => {
    Object.assign(crypto, { createHmac, timingSafeEqual })
    syncBuiltinESMExports()
  })
  Object.assign(crypto, {
    createHmac: (...given: Parameters<typeof createHmac>) => {
      done.push('hmac')
      return createHmac(...given)
    },
    timingSafeEqual: (...given: Parameters<typeof timingSafeEqual>) => {
      done.push('compare')
      return timingSafeEqual(...given)
    },
  })
  syncBuiltinESMExports()
}
