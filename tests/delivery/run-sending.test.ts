import { expect, it } from 'vitest'
import { addReaders, createLedger, send, takeSnapshot } from './engine.ts'
import { startFaultServer } from './fault-server/start-fault-server.ts'

it('happy', async () => {
  const { ledger, place } = await createLedger()
  await addReaders(ledger, 3000)
  const server = await startFaultServer({})
  const sending = await takeSnapshot(ledger)
  const t = performance.now()
  const sent = await send({ ledger, place, sending, ports: [server.port] })
  console.log(performance.now() - t, sent)
  await server.close()
  expect(sent.counts.accepted).toBe(3000)
})
