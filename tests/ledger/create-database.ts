/** An empty PostgreSQL database for a test. */

import { connect } from 'node:net'
import { inject, onTestFinished } from 'vitest'

/** Borrows one until the test ends, and returns what DATABASE_URL says of it. */
export function createDatabase(): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(inject('databases'), '127.0.0.1')
    onTestFinished(() => void socket.destroy())
    socket.setEncoding('utf8')
    socket.once('data', (url: string) => resolve(url))
    socket.once('error', reject)
    socket.once('close', () => reject(new Error('no database could be lent: PostgreSQL did not start')))
  })
}
