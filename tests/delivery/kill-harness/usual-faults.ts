import type { FaultChances } from '../fault-server/random-faults.ts'

/** Everything that goes wrong with relays, each seldom enough that the sending goes on. */
export const usualFaults: FaultChances = {
  'greeting-421': 0.02,
  'greeting-wrong': 0.02,
  'greeting-drop': 0.02,
  'ehlo-drop': 0.02,
  'mail-451': 0.004,
  'mail-drop': 0.003,
  'rcpt-450': 0.01,
  'rcpt-452': 0.005,
  'rcpt-550': 0.01,
  'rcpt-552': 0.005,
  'rcpt-drop': 0.003,
  'data-451': 0.003,
  'data-drop': 0.003,
  'body-drop': 0.003,
  'dot-drop': 0.003,
  'dot-half': 0.003,
  'dot-451': 0.003,
  'dot-slow': 0.05,
  storm: 0.0005,
}
