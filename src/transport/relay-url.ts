/** The URL of a relay, as in SMTP_URL: where it is, how to be let in, and how far it is trusted. */

import { isIP } from 'node:net'
import { UserError } from '../errors.ts'
import { normalDomain } from '../message/check-address.ts'

/**
 * How a session is protected. `implicit`: TLS from the first byte. `required`: STARTTLS, or no session. `opportunistic`: STARTTLS where it is offered.
 * `off`: never.
 */
export type TlsMode = 'implicit' | 'required' | 'opportunistic' | 'off'

/** A relay. Holds the password in the clear: for messages there is {@link describeRelay}. */
export interface Relay {
  /** A domain in punycode, a bare host name, or an IP address without brackets. */
  readonly host: string
  readonly port: number
  readonly tls: TlsMode
  /** Whether the certificate must be valid for the host. */
  readonly verify: boolean
  readonly login: { readonly user: string; readonly password: string } | null
  /** What EHLO says; null: this machine's own name. */
  readonly name: string | null
}

const example = 'smtp://user:password@smtp.example.com:587'
const known = ['tls', 'tls-verify', 'name']

/**
 * Reads `smtp://user:password@host:587` or `smtps://host:465`, user and password percent-encoded (RFC 3986 §2.1). Without a port: 587 for smtp
 * (RFC 6409), 465 for smtps (RFC 8314), 25 for smtp on this machine. Port 465 speaks TLS from the first byte. TLS is required unless the host is this
 * machine; `?tls=required|opportunistic|off` says otherwise, `?tls-verify=off` takes any certificate and is for this machine only, `?name=` sets the EHLO name.
 * @throws UserError `relay-invalid`, which calls the URL as `called` says and repeats no part of the text: any of it may be a piece of a password
 */
export function parseRelayUrl(text: string, called = 'SMTP_URL'): Relay {
  try {
    return readRelayUrl(text)
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    const [problem] = error.problems
    throw new UserError({ ...problem, message: problem.message.replace('SMTP_URL', () => called) })
  }
}

function readRelayUrl(text: string): Relay {
  const trimmed = text.trim()
  if (/[\s\p{Cc}]/u.test(trimmed)) throw invalid('it holds a blank or a control character', hintFor(trimmed, 'Take it out.'))
  if (!/^smtps?:\/\//i.test(trimmed))
    throw invalid('it does not begin with smtp:// or smtps://', 'Begin it with smtp://, or with smtps:// for TLS from the first byte.')
  const url = URL.parse(trimmed)
  if (url === null || url.hostname === '')
    throw invalid(
      'it cannot be taken apart into user, password, host and port',
      hintFor(trimmed, 'Write the host behind smtp://, then a colon and its port, a number from 1 to 65535.'),
    )
  if (!['', '/'].includes(url.pathname)) throw invalid('something stands behind the host', hintFor(url.pathname, 'Take it out.'))
  if (url.hash !== '') throw invalid('it holds a #', hintFor(url.hash, 'Take it out, and what stands behind it.'))
  const options = readOptions(url.searchParams, hintFor(url.search, 'Take the option out, or write one of these.'))
  const host = readHost(url.hostname)
  const secure = url.protocol === 'smtps:'
  const port = url.port === '' ? defaultPort(secure, host) : Number(url.port)
  if (port === 0) throw invalid('there is no port 0', 'Write the port that your provider names, or leave it out.')
  const tls = readTls(options.get('tls'), { secure, port, host })
  const login = readLogin(url)
  return {
    host,
    port,
    tls,
    verify: readVerify(options.get('tls-verify'), { tls, host, login }),
    login,
    name: readName(options.get('name')),
  }
}

/** The relay as a message may name it: `smtp.example.com, port 587, TLS required`. Never the user or the password. */
export function describeRelay({ host, port, tls, verify }: Relay): string {
  const protection = { implicit: 'TLS', required: 'TLS required', opportunistic: 'TLS where offered', off: 'no TLS' }[tls]
  return `${host}, port ${port}, ${protection}${verify || tls === 'off' || tls === 'opportunistic' ? '' : ', any certificate'}`
}

/** Whether a host is this machine, where nobody can listen on the way. */
function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))
}

function readOptions(params: URLSearchParams, hint: string): ReadonlyMap<string, string> {
  const options = new Map<string, string>()
  for (const [name, value] of params) {
    if (!known.includes(name)) throw invalid('it holds an option that is not known', hint, `the options ${known.join(', ')}`)
    if (options.has(name)) throw invalid(`the option "${name}" stands twice`, 'Write it once.')
    options.set(name, value)
  }
  return options
}

function readHost(hostname: string): string {
  const bare = /^\[(.+)\]$/.exec(hostname)?.[1]
  if (bare !== undefined) return bare
  const decoded = decode(hostname) ?? ''
  if (isIP(decoded) === 4) return decoded
  const host = normalDomain(decoded) ?? bareName(decoded)
  if (host === null) throw invalid('the host is neither a domain nor an IP address', 'Write the host as your provider names it.')
  return host
}

/** A name without dots, as of a machine in the same network. */
function bareName(text: string): string | null {
  const name = text.toLowerCase()
  return /^[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?$/.test(name) && /[a-z]/.test(name) ? name : null
}

function defaultPort(secure: boolean, host: string): number {
  if (secure) return 465
  return isLoopback(host) ? 25 : 587
}

function readTls(asked: string | undefined, { secure, port, host }: { secure: boolean; port: number; host: string }): TlsMode {
  if (secure && asked !== undefined && asked !== 'required')
    throw invalid('smtps:// always speaks TLS, and the option "tls" asks for something else', 'Take the option out, or begin with smtp://.')
  if (secure) return 'implicit'
  if (asked === undefined) {
    if (port === 465) return 'implicit'
    return isLoopback(host) ? 'off' : 'required'
  }
  if (asked !== 'required' && asked !== 'opportunistic' && asked !== 'off')
    throw invalid(
      'the option "tls" has a value that is not known',
      'Write one of these, or take the option out.',
      'tls=required, tls=opportunistic or tls=off',
    )
  return asked === 'required' && port === 465 ? 'implicit' : asked
}

function readLogin(url: URL): Relay['login'] {
  if (url.username === '' && url.password === '') return null
  const user = decode(url.username)
  const password = decode(url.password)
  if (user === null || password === null)
    throw invalid('a % in the user or the password does not begin a percent-encoded character', percentEncode)
  // NUL separates the fields of AUTH PLAIN (RFC 4616 §2); the other controls come from no keyboard.
  if (/\p{Cc}/u.test(user + password))
    throw invalid('the user or the password holds a control character', 'Write them anew, without copying.')
  if (user === '' || password === '')
    throw invalid(
      `it has a ${user === '' ? 'password without a user' : 'user without a password'}`,
      'Write both in front of the host, as user:password@, or neither.',
    )
  return { user, password }
}

/** An opportunistic session without a password proves nothing anyway (RFC 7435): a certificate that is not valid is better than no TLS. */
function readVerify(asked: string | undefined, { tls, host, login }: Pick<Relay, 'tls' | 'host' | 'login'>): boolean {
  if (asked !== undefined && asked !== 'off')
    throw invalid('the option "tls-verify" has a value that is not known', 'Write this, or take the option out.', 'tls-verify=off')
  if (asked === undefined) return tls !== 'opportunistic' || login !== null
  if (isLoopback(host)) return false
  throw new UserError({
    code: 'relay-invalid',
    message: 'SMTP_URL asks to take any certificate of a relay on another machine, which lets anybody on the way read the password',
    expected: 'tls-verify=off with localhost, 127.0.0.1 or [::1] only',
    hint: 'To trust a certificate of your own, name the file of its authority in the variable NODE_EXTRA_CA_CERTS.',
  })
}

function readName(name: string | undefined): string | null {
  if (name === undefined) return null
  const literal = /^\[(.+)\]$/.exec(name)?.[1]
  if (literal !== undefined && isIP(literal.replace(/^IPv6:/i, '')) !== 0) return name
  const domain = normalDomain(name) ?? bareName(name)
  if (domain === null)
    throw invalid(
      'the option "name" is not a domain',
      'Write the name that this machine has, or take the option out.',
      'name=mail.example.com',
    )
  return domain
}

function decode(text: string): string | null {
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}

const percentEncode = 'Write : / ? # [ ] @ and % inside a user or password percent-encoded: @ is %40, / is %2F, # is %23, % is %25.'

/** A part with an @ in it may be a password that ended too early: a character in it that should have been encoded. */
function hintFor(part: string, otherwise: string): string {
  return part.includes('@') ? percentEncode : otherwise
}

function invalid(what: string, hint: string, expected = example): UserError {
  return new UserError({ code: 'relay-invalid', message: `SMTP_URL cannot be used: ${what}`, expected, hint })
}
