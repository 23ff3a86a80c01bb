/**
 * The fault-injecting server as a process of its own, for the kill harness:
 *
 *     node tests/delivery/fault-server/run.ts --seed 7 --faults rcpt-550=0.02,dot-drop=0.005 --log events.jsonl
 *
 * Prints `{"port":…}` once it listens. `--outage 4000/500` goes away for 500 ms every 4,000. `--without SMTPUTF8` leaves an extension out, `--size 100000`
 * announces a limit, `--tls starttls|implicit` has a certificate that is signed by itself, `--login user:password` asks for AUTH. Ends with SIGTERM.
 */

import { parseArgs } from 'node:util'
import { eventLog } from './event-log.ts'
import { parseFaults, randomFaults } from './random-faults.ts'
import { startFaultServer, usualExtensions } from './start-fault-server.ts'

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    seed: { type: 'string', default: '1' },
    faults: { type: 'string', default: '' },
    log: { type: 'string' },
    outage: { type: 'string' },
    without: { type: 'string', multiple: true, default: [] },
    size: { type: 'string' },
    tls: { type: 'string', default: 'none' },
    login: { type: 'string' },
  },
})

const { tls } = values
if (tls !== 'none' && tls !== 'starttls' && tls !== 'implicit') throw new Error(`no way of TLS: ${tls}`)
const [user, password] = values.login?.split(':') ?? []
const extensions = usualExtensions
  .map(each => (values.size !== undefined && each.startsWith('SIZE') ? `SIZE ${values.size}` : each))
  .filter(each => !values.without.includes(each.split(' ')[0] ?? ''))

const server = await startFaultServer({
  port: Number(values.port),
  decide: randomFaults(parseFaults(values.faults), Number(values.seed)),
  extensions,
  tls,
  login: user === undefined || password === undefined ? null : { user, password },
  ...(values.log === undefined ? {} : { onEvent: eventLog(values.log) }),
})
process.stdout.write(`${JSON.stringify({ port: server.port })}\n`)

if (values.outage !== undefined) {
  const [every, lasts] = values.outage.split('/').map(Number)
  const goAway = async () => {
    await server.goAway()
    setTimeout(() => void server.comeBack(), lasts)
  }
  setInterval(() => void goAway(), every)
}
process.once('SIGTERM', () => process.exit(0))
