import type { Config } from './config/config.ts'
import { quoteValue } from './config/quote-value.ts'
import { requireSender } from './config/require-sender.ts'
import { type Problem, throwProblems, UserError } from './errors.ts'
import { checkAddress } from './message/check-address.ts'
import { compileMessage } from './message/compile-message.ts'
import { type MessageSettings, messageSettingsOf } from './message/message-settings.ts'
import { readEmail } from './output/read-email.ts'
import type { Email, VariantName } from './render/email.ts'
import { joinSegments } from './render/join-email.ts'
import { emailOfVariant } from './render/variant.ts'
import { sampleValues } from './run-build.ts'
import { parseEditionId } from './selection/edition-id.ts'
import { standardTimeouts, type Timeouts } from './transport/connection.ts'
import { openSession, type Session } from './transport/open-session.ts'
import type { NoConnection, Outcome } from './transport/outcome.ts'
import { describeRelay, type Relay } from './transport/relay-url.ts'
import { testRelay } from './transport/relays.ts'

/** What a test message depends on. */
export interface TestSendRequest {
  readonly config: Config
  /** A built edition: `out/<id>/email.json` is what is sent, and nothing else of the build is read. */
  readonly editionId: string
  /** The edition's email where it is at hand and not to be read from there, as in the preview. */
  readonly email?: Email
  /** Addresses as somebody wrote them, one each; all are checked before anything is sent. */
  readonly addresses: readonly string[]
  /** SMTP_URL, and the password of a configured relay. */
  readonly env: Readonly<Record<string, string | undefined>>
  /** The message's Date, and a part of its Message-ID. */
  readonly now: Date
  /** Default: a minute for the relay to greet, then RFC 5321's. */
  readonly timeouts?: Timeouts
  readonly onProgress?: (step: string, done: number, total: number) => void
  /** Called once everything has been checked, before the relay is asked for anything. */
  readonly onStart?: (test: TestHeading) => void
  /** Aborted, it ends at once: what became of each address so far is the result, and the connection is left as it is. Default: never. */
  readonly signal?: AbortSignal
}

/** What is known of a test before it is sent. */
export interface TestHeading {
  readonly edition: string
  readonly subject: string
  /** The subject of the second message to each address, where two are tried; absent where one is not. */
  readonly secondSubject?: string
  readonly from: string
  /** The relay without its password: `smtp.example.com, port 587, TLS required`. */
  readonly relay: string
}

/** What became of a test: one result for every message. Addresses stand in the order they were given, without repeats; each gets one message, or A and B. */
export interface TestSend extends TestHeading {
  readonly results: readonly TestResult[]
}

/** One message of a test, to an address in its normal form. `messageId` is there to find it by; null where none was made. */
export interface TestResult {
  readonly address: string
  /** Which subject, where two are tried; absent where one is not. */
  readonly variant?: VariantName
  readonly messageId: string | null
  readonly outcome: Outcome
}

/**
 * Sends a built edition as a test: the subject begins with `[Test]`, the unsubscribe links unsubscribe nobody, and nothing is recorded. Where two subjects are
 * tried, each address gets both, `[Test A]` and `[Test B]`. Nothing is sent anywhere except to the first relay of the
 * configuration, or the one of SMTP_URL where it has none.
 * @throws UserError without a relay, a sender or a built edition, and for an address that no mail can go to; then nothing is sent to anybody
 */
export async function sendTest(request: TestSendRequest): Promise<TestSend> {
  const { config, env, editionId, now, timeouts = testTimeouts } = request
  const addresses = checkAddresses(request.addresses)
  const { relay } = testRelay(config, env)
  const email =
    request.email ?? (await readEmail({ out: config.paths.out, id: parseEditionId(editionId).id, displayRoot: config.paths.displayRoot }))
  const { first, second } = toTests(config, email, now)
  const heading = {
    edition: email.edition,
    subject: subjectOf(first),
    ...(second === null ? {} : { secondSubject: subjectOf(second) }),
    from: first.settings.fromAddress,
    relay: describeRelay(relay),
  }
  request.onStart?.(heading)
  const { onProgress = () => {}, signal = new AbortController().signal } = request
  return {
    ...heading,
    results: await sendToAll(second === null ? [first] : [first, second], addresses, { relay, timeouts, onProgress, signal }),
  }
}

// Somebody waits for a test; giving up early before anything was sent does no harm.
const testTimeouts: Timeouts = { ...standardTimeouts, setUp: 60_000, greeting: 60_000 }

/** A test's message, all but the address. */
interface TestMessage {
  readonly variant: VariantName | null
  readonly email: Email
  readonly settings: MessageSettings
  readonly values: ReturnType<typeof sampleValues>
}

function toTests(config: Config, email: Email, now: Date): { readonly first: TestMessage; readonly second: TestMessage | null } {
  if (email.variants === undefined) return { first: toTest(config, email, now, null), second: null }
  return { first: toTest(config, email, now, 'A'), second: toTest(config, email, now, 'B') }
}

function subjectOf({ email, values }: TestMessage): string {
  return joinSegments(email.subject, values)
}

/**
 * The Message-ID has the moment in it: with the same one as the real message, a mailbox would show only the first of the two. No List-Unsubscribe-Post:
 * it promises that a POST to the link unsubscribes (RFC 8058 §3.1), and the token of a test is one that no server takes.
 */
function toTest(config: Config, whole: Email, now: Date, variant: VariantName | null): TestMessage {
  const fromAddress = requireSender(config)
  const email = emailOfVariant(whole, variant ?? 'A')
  const [mark, tail] = variant === null ? ['[Test] ', ''] : [`[Test ${variant}] `, `-${variant.toLowerCase()}`]
  return {
    variant,
    email: { ...email, subject: [{ text: mark }, ...email.subject], edition: `${email.edition}.test-${now.getTime()}${tail}` },
    settings: messageSettingsOf(config, email, { kind: 'test', fromAddress, date: now.toISOString() }),
    values: inertValues(config),
  }
}

/** The sample recipient's values; the last part of each link is a token that no server takes. */
function inertValues(config: Config): TestMessage['values'] {
  const values = sampleValues(config)
  const inert = (url: string) => url.replace(/\/sample$/, '/test')
  return {
    ...values,
    unsubscribeUrl: inert(values.unsubscribeUrl),
    preferencesUrl: inert(values.preferencesUrl),
    viewUrl: inert(values.viewUrl),
  }
}

interface Way {
  readonly relay: Relay
  readonly timeouts: Timeouts
  readonly onProgress: NonNullable<TestSendRequest['onProgress']>
  readonly signal: AbortSignal
}

/** One after another over one session, and over a new one where that was lost; a relay that cannot be reached is not tried again. */
async function sendToAll(tests: readonly TestMessage[], addresses: readonly string[], way: Way): Promise<TestResult[]> {
  const { relay, timeouts, onProgress, signal } = way
  const results: TestResult[] = []
  const messages = addresses.flatMap(address => tests.map(test => ({ address, test })))
  let session: Session | NoConnection | null = null
  for (const { address, test } of messages) {
    onProgress('sending the test', results.length, messages.length)
    if (session === null || (session.kind === 'open' && !session.isUsable()))
      session = await unlessAborted(signal, openSession(relay, timeouts), () => null)
    if (session === null || signal.aborted) results.push(unmade(test, address, interruptedBefore))
    else results.push(session.kind === 'open' ? await sendTo(session, test, address, signal) : unmade(test, address, session))
  }
  // An aborted sending does not say goodbye: in the middle of a message that would become a part of it.
  if (session?.kind === 'open' && !signal.aborted) await session.close()
  return results
}

const interruptedBefore: Outcome = { kind: 'lost-before-dot', detail: 'interrupted before the message left' }
const interruptedAfter: Outcome = { kind: 'uncertain', detail: 'interrupted before the relay answered' }

function unmade(test: TestMessage, address: string, outcome: Outcome): TestResult {
  return { ...namesOf(test, address), messageId: null, outcome }
}

function namesOf({ variant }: TestMessage, address: string): Pick<TestResult, 'address' | 'variant'> {
  return { address, ...(variant === null ? {} : { variant }) }
}

async function sendTo(session: Session, test: TestMessage, address: string, signal: AbortSignal): Promise<TestResult> {
  const { email, settings, values } = test
  const { smtputf8 } = session
  const missing = session.whatIsMissingFor(address)
  if (missing !== null) return unmade(test, address, missing)
  const recipient = { name: null, address, values: { ...values, email: address } }
  const message = compileMessage(email, { ...settings, smtputf8 }).compose(recipient)
  let hasLeft = false
  const beforeData = async () => {
    hasLeft = !signal.aborted
    return hasLeft
  }
  const sending = session.send({ from: settings.fromAddress, to: address }, message.chunks, { beforeData })
  const outcome = await unlessAborted(signal, sending, () => (hasLeft ? interruptedAfter : interruptedBefore))
  return { ...namesOf(test, address), messageId: message.messageId, outcome }
}

/** What comes of `work`, or of `instead` where the signal comes first. */
async function unlessAborted<T>(signal: AbortSignal, work: Promise<T>, instead: () => T): Promise<T> {
  if (signal.aborted) return instead()
  const { promise, resolve } = Promise.withResolvers<T>()
  const stop = () => resolve(instead())
  signal.addEventListener('abort', stop, { once: true })
  return Promise.race([work, promise]).finally(() => signal.removeEventListener('abort', stop))
}

function checkAddresses(given: readonly string[]): readonly string[] {
  const checks = given.map(text => ({ text, check: checkAddress(text.trim(), { beyondAscii: true }) }))
  throwProblems(checks.flatMap(({ text, check }) => (check.kind === 'address' ? [] : [notAnAddress(text, check.reason)])))
  if (checks.length === 0)
    throw new UserError({
      code: 'usage',
      message: 'a test needs an address',
      expected: '--test you@example.com',
      hint: 'Name at least one address.',
    })
  return [...new Set(checks.flatMap(({ check }) => (check.kind === 'address' ? [check.address] : [])))]
}

function notAnAddress(text: string, reason: string): Omit<Problem, 'severity'> {
  return {
    code: 'address-invalid',
    message: `a test cannot go to this address: ${reason}`,
    expected: 'one plain address, such as you@example.com',
    got: quoteValue(text),
    hint: 'Correct the address. Nothing was sent to anybody.',
  }
}
