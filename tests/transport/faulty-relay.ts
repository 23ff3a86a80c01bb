/** The fault-injecting server, told what to do at a step by the test that uses it. It is gone when the test ends. */

import { onTestFinished } from 'vitest'
import type { Fault, Stage } from '../delivery/fault-server/fault.ts'
import { startFaultServer } from '../delivery/fault-server/start-fault-server.ts'

export type { Fault } from '../delivery/fault-server/fault.ts'

/** Faults by step. `body` comes once `after` octets of a message have arrived; `dot` is the reply to the final dot. */
export interface Faults {
  readonly extensions?: readonly string[]
  readonly greeting?: Fault | (() => Fault | undefined)
  readonly EHLO?: Fault
  readonly STARTTLS?: Fault
  readonly AUTH?: Fault
  readonly MAIL?: Fault
  readonly RCPT?: Fault | ((address: string) => Fault | undefined)
  readonly DATA?: Fault
  readonly RSET?: Fault
  readonly body?: Fault & { readonly after: number }
  readonly dot?: Fault
}

/** What the server has seen. */
export interface FaultyRelay {
  readonly port: number
  readonly commands: readonly string[]
  /** Bytes between DATA and the final dot, still dot-stuffed, of messages whose dot arrived. */
  readonly messages: readonly Buffer[]
  readonly connections: () => number
  /** Connections that are open now. */
  readonly open: () => number
  /** Bytes that came after a go-ahead to DATA, those of unfinished messages and of final dots with them. */
  readonly bodyBytes: () => number
}

// Goes ahead where no recipient was taken, as a relay must not: with PIPELINING, DATA has left before the refusal arrives.
const usual: Partial<Record<Stage, Fault>> = { DATA: { say: '354 go ahead\r\n' }, dot: { say: '250 2.0.0 Ok: queued as F0A1B2\r\n' } }

/** Starts a server. */
export async function startFaultyRelay(faults: Faults = {}): Promise<FaultyRelay> {
  const commands: string[] = []
  const messages: Buffer[] = []
  let bodyBytes = 0
  const { port, connections, open, close } = await startFaultServer({
    extensions: faults.extensions ?? ['PIPELINING', 'ENHANCEDSTATUSCODES'],
    decide: ({ stage, to }) => {
      const fault = stage in faults ? faults[stage as keyof Faults & Stage] : undefined
      return (typeof fault === 'function' ? fault(to) : fault) ?? usual[stage]
    },
    onCommand: line => void commands.push(line),
    onMessage: (_, wire) => void messages.push(wire),
    onBody: octets => {
      bodyBytes += octets
    },
  })
  onTestFinished(close)
  return { port, commands, messages, connections, open, bodyBytes: () => bodyBytes }
}
