/** The publication as the preview shows it: always the newest state that can be shown, and why it is not a newer one. */

import { setImmediate, setTimeout } from 'node:timers/promises'
import type { Config } from '../../config/config.ts'
import { displayPath } from '../../config/display-path.ts'
import { UserError } from '../../errors.ts'
import type { Simulation } from '../../inspect/simulate/simulation.ts'
import { sendTest } from '../../run-test-send.ts'
import { describeOutcome } from '../../transport/describe-outcome.ts'
import { describeRelay, parseRelayUrl } from '../../transport/relay-url.ts'
import type {
  EditionAnswer,
  EditionQuery,
  EditionView,
  FrameQuery,
  PreviewChange,
  PreviewProblem,
  PreviewState,
  TestSendAnswer,
  TestSendRequestBody,
} from './api.ts'
import { type ParsedKey, parseKey } from './edition-key.ts'
import { viewEdition, viewNothing } from './edition-view.ts'
import { toProblems } from './problems.ts'
import { findRecipient, sampleRecipients } from './sample-recipients.ts'
import { showFrame } from './show-frame.ts'
import type { ShownEdition } from './shown-edition.ts'
import { createSnapshot, type Listing, type Part } from './snapshot.ts'

/** What a publication is read and sent with. */
export interface PublicationSettings {
  /** Reads the configuration, at the start and whenever its file has changed. Throws UserError. */
  readonly readConfig: () => Promise<Config>
  readonly clock: () => Date
  readonly simulations: readonly Simulation[]
  /** SMTP_URL; undefined where none is set. */
  readonly smtpUrl: string | undefined
}

/** A publication that is open. Methods with a key throw UserError where it names no edition. */
export interface Publication {
  readonly config: () => Config
  readonly revision: () => number
  readonly state: () => Promise<PreviewState>
  readonly open: (key: string, query: EditionQuery) => Promise<EditionAnswer>
  /** The document for the frame; null where there is no email to show. */
  readonly frame: (key: string, query: FrameQuery) => Promise<string | null>
  readonly sendTest: (request: TestSendRequestBody) => Promise<TestSendAnswer>
  /** Tells that files (absolute) have changed. They are read again when somebody asks. */
  readonly change: (parts: ReadonlySet<Part>, files: readonly string[]) => Promise<void>
  /** Calls `listener` after every change; returns what ends that. */
  readonly subscribe: (listener: (change: PreviewChange) => void) => () => void
}

/** Milliseconds. */
const framesComeWithin = 10

/** Opens a publication. Throws UserError when its configuration cannot be read: without it there is nothing to show. */
export async function openPublication(settings: PublicationSettings): Promise<Publication> {
  const { clock, simulations, smtpUrl } = settings
  let snapshot = createSnapshot(await settings.readConfig(), clock())
  let configProblems: readonly PreviewProblem[] = []
  let lastListing: Listing | null = null
  let framesUnderWay = 0
  const lastGood = new Map<string, ShownEdition>()
  const lastViews = new Map<string, EditionView>()
  const listeners = new Set<(change: PreviewChange) => void>()

  const latest = async (key: ParsedKey, template: string | null): Promise<Latest> => {
    const { revision, edition } = snapshot
    const name = `${key.key}\n${template ?? ''}`
    try {
      const shown = await edition(key, template)
      lastGood.set(name, shown)
      return { shown, revision, errors: configProblems }
    } catch (error) {
      return { shown: lastGood.get(name) ?? null, revision, errors: [...configProblems, ...toProblems(error)] }
    }
  }

  // Whoever saves a file looks at the email first: listing editions and checking are work that would keep it waiting.
  const emailsFirst = async (): Promise<void> => {
    while (framesUnderWay > 0) await setImmediate()
  }

  const state = async (): Promise<PreviewState> => {
    // The page asks for all it shows at the same moment, and for the email not always first.
    if (lastListing !== null) await setTimeout(framesComeWithin)
    await emailsFirst()
    const { revision, config, listing } = snapshot
    let problems = configProblems
    try {
      lastListing = await listing()
      problems = [...problems, ...lastListing.problems]
    } catch (error) {
      problems = [...problems, ...toProblems(error)]
    }
    const { name, url, language } = config.site
    return {
      revision,
      publication: { name, url, language },
      editions: lastListing?.entries ?? [],
      templates: lastListing?.templates ?? [],
      defaultTemplate: config.edition.template,
      simulations: simulations.map(({ id, name, describes, scheme }) => ({ id, name, describes, scheme })),
      recipients: sampleRecipients,
      problems,
      relay: relayName(smtpUrl),
    }
  }

  const open = async (key: string, { template = null, recipient = null }: EditionQuery): Promise<EditionAnswer> => {
    const parsed = parseKey(key)
    const { shown, revision, errors } = await latest(parsed, template)
    if (shown === null) return { kind: 'broken', key: parsed.key, revision, errors }
    if (shown.kind === 'nothing-to-send') return viewNothing(shown, { revision, errors })
    await emailsFirst()
    const name = [parsed.key, template, recipient].join('\n')
    try {
      const view = await viewEdition(shown, { recipient: findRecipient(recipient), revision, errors })
      lastViews.set(name, view)
      return view
    } catch (error) {
      const all = [...errors, ...toProblems(error)]
      const last = lastViews.get(name)
      return last === undefined ? { kind: 'broken', key: parsed.key, revision, errors: all } : { ...last, revision, errors: all }
    }
  }

  const frame = async (key: string, { template = null, recipient = null, simulation = null }: FrameQuery): Promise<string | null> => {
    const parsed = parseKey(key)
    framesUnderWay++
    try {
      const { shown } = await latest(parsed, template)
      if (shown?.kind !== 'finished') return null
      const { config, email } = shown
      return await showFrame({
        config,
        email,
        recipient: findRecipient(recipient),
        simulation: simulations.find(each => each.id === simulation) ?? null,
      })
    } finally {
      framesUnderWay--
    }
  }

  const sendTestOf = async ({ edition, template, addresses }: TestSendRequestBody): Promise<TestSendAnswer> => {
    const parsed = parseKey(edition)
    // What is sent is the newest state or nothing: an older one would not be what the editor believes to send.
    const shown = await snapshot.edition(parsed, template)
    if (shown.kind === 'nothing-to-send') throw nothingToSend(parsed.id)
    const { config, email } = shown
    const sent = await sendTest({ config, editionId: parsed.id, email, addresses, smtpUrl, now: clock() })
    const results = sent.results.map(({ address, outcome }) => ({
      address,
      accepted: outcome.kind === 'accepted',
      says: describeOutcome(outcome),
    }))
    return { subject: sent.subject, from: sent.from, relay: sent.relay, results }
  }

  const change = async (parts: ReadonlySet<Part>, files: readonly string[]): Promise<void> => {
    let { config } = snapshot
    if (parts.has('config')) {
      try {
        config = await settings.readConfig()
        configProblems = []
      } catch (error) {
        configProblems = toProblems(error)
      }
    }
    snapshot = snapshot.after({ parts, config, now: clock(), files })
    const shown = files.map(file => displayPath(file, config.paths.displayRoot))
    for (const listener of listeners) listener({ revision: snapshot.revision, files: shown })
  }

  return {
    config: () => snapshot.config,
    revision: () => snapshot.revision,
    state,
    open,
    frame,
    sendTest: sendTestOf,
    change,
    subscribe: listener => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}

/** The newest state of an edition that could be made, if any could. */
interface Latest {
  readonly shown: ShownEdition | null
  readonly revision: number
  readonly errors: readonly PreviewProblem[]
}

function nothingToSend(id: string): UserError {
  return new UserError({
    code: 'nothing-to-send',
    message: `${id} has nothing to send`,
    hint: 'Open an edition that has posts. Nothing was sent to anybody.',
  })
}

/** A relay that cannot be read counts as none here; sending says what is wrong with it. */
function relayName(smtpUrl: string | undefined): string | null {
  if (smtpUrl === undefined || smtpUrl.trim() === '') return null
  try {
    return describeRelay(parseRelayUrl(smtpUrl))
  } catch {
    return null
  }
}
