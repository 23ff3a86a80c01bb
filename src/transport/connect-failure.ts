/** What the many errors of a connection that did not come about mean. */

import type { ConnectFailure, NoConnection } from './outcome.ts'
import type { Relay } from './relay-url.ts'
import { parseReply, shorten } from './reply.ts'

/** What nodemailer and Node say about an error of a connection. */
export interface ConnectionError {
  readonly message: string
  readonly code?: string | undefined
  /** What a system error's code was before nodemailer put its own in place. */
  readonly originalCode?: string | undefined
  /** The step it happened at, as nodemailer names it. */
  readonly command?: string | undefined
  /** The relay's reply, lines joined by LF. */
  readonly response?: string | undefined
}

/** Why there is no session. */
export function toNoConnection(error: ConnectionError, relay: Pick<Relay, 'host' | 'port' | 'login'>): NoConnection {
  const why = classify(error)
  const reply = error.response === undefined ? null : parseReply(withoutSecrets(error.response, relay))
  return { kind: 'no-connection', why, reply, detail: shorten(describe(why, error, relay)) }
}

/** A relay's words without what was just sent to it: some repeat the line that they refuse. */
function withoutSecrets(text: string, { login }: Pick<Relay, 'login'>): string {
  if (login === null) return text
  const { user, password } = login
  const sent = [`\0${user}\0${password}`, password].map(each => Buffer.from(each, 'utf8').toString('base64'))
  return [...sent, password].reduce((left, secret) => left.replaceAll(secret, '…'), text)
}

function classify({ code, originalCode = '', command = '', message }: ConnectionError): ConnectFailure {
  if (code === 'EDNS') return 'dns'
  if (code === 'EAUTH' || command.startsWith('AUTH')) return 'auth'
  if (code === 'ETLS' || isTlsError(originalCode, message)) return 'tls'
  if (code === 'ETIMEDOUT' || originalCode === 'ETIMEDOUT') return 'timeout'
  if (originalCode === 'ECONNREFUSED') return 'refused'
  if (/^E(HOST|NET|ADDR|ACCES|PERM)/.test(originalCode)) return 'unreachable'
  return code === 'EPROTOCOL' || ['EHLO', 'HELO'].includes(command) ? 'greeting' : 'lost'
}

/** Handshakes and certificates: OpenSSL's and Node's own codes (Node's documentation, "TLS errors" and "X509 certificate error codes"). */
function isTlsError(code: string, message: string): boolean {
  return (
    /^(ERR_TLS|ERR_SSL|EPROTO$|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|ERROR_IN_CERT|INVALID_CA|HOSTNAME_MISMATCH)/.test(code) ||
    /\bTLS\b/.test(message)
  )
}

function describe(why: ConnectFailure, error: ConnectionError, { host, port }: Pick<Relay, 'host' | 'port'>): string {
  const name = `${host}, port ${port},`
  switch (why) {
    case 'dns':
      return `the name of the relay, ${host}, cannot be resolved`
    case 'refused':
      return `nothing answers at ${host}, port ${port}`
    case 'unreachable':
      return `${name} cannot be reached from this network (${error.originalCode ?? error.code})`
    case 'timeout':
      return `${name} did not answer in time`
    case 'tls':
      return `no protected connection to ${host}, port ${port}: ${describeTls(error)}`
    case 'greeting':
      return `${name} did not greet as an SMTP server that is ready`
    case 'auth':
      return `${name} ${error.response === undefined ? error.message : 'did not accept the user and password'}`
    case 'lost':
      return `${name} closed the connection before it was ready`
  }
}

function describeTls({ originalCode = '', command, response, message }: ConnectionError): string {
  if (/SELF_SIGNED/.test(originalCode)) return 'its certificate is signed by itself, and so proves nothing'
  if (originalCode === 'CERT_HAS_EXPIRED') return 'its certificate has expired'
  if (/ALTNAME|HOSTNAME/.test(originalCode)) return 'its certificate is for another host'
  if (/^(UNABLE_TO|CERT_|INVALID_CA|ERROR_IN_CERT)/.test(originalCode)) return `its certificate cannot be trusted (${originalCode})`
  if (command === 'STARTTLS' && response !== undefined) return 'it offers no STARTTLS'
  if (/timed out/.test(message)) return 'the handshake took too long'
  return `the handshake failed${originalCode === '' ? '' : ` (${originalCode})`}`
}
