/** The least that could unsubscribe somebody: Hono, and one durable UPDATE of a SQLite file. No token, no history, no page. */

import { DatabaseSync } from 'node:sqlite'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'

const [file = ''] = process.argv.slice(2)
const database = new DatabaseSync(file)
database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL')
const update = database.prepare("update subscribers set state = 'unsubscribed' where id = ?")
const app = new Hono()
app.post('/unsubscribe/:id', c => {
  update.run(Number(c.req.param('id')))
  return c.html('<!doctype html><title>You are unsubscribed</title><p>You are unsubscribed.')
})
serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => console.log(JSON.stringify({ msg: 'listening', port })))
