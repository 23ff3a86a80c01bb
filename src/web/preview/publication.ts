/** The publication as the preview shows it: always the newest state that can be shown, and why it is not a newer one. */

import { setImmediate, setTimeout } from 'node:timers/promises'
import type { Config } from '../../config/config.ts'
import { displayPath } from '../../config/display-path.ts'
import type { Simulation } from '../../inspect/simulate/simulation.ts'
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
import { parseKey } from './edition-key.ts'
import { viewEdition, viewNothing } from './edition-view.ts'
import { type Kept, keepLast } from './keep-last.ts'
import { toProblems } from './problems.ts'
import { findRecipient, sampleRecipients } from './sample-recipients.ts'
import { sendShown } from './send-shown.ts'
import { showFrame } from './show-frame.ts'
import type { FinishedEdition, ShownEdition } from './shown-edition.ts'
import { showVariant } from './shown-variant.ts'
import { createSnapshot, type Listing, type Part } from './snapshot.ts'
import { viewRelay } from './view-relay.ts'

/** What a publication is read and sent with. */
export interface PublicationSettings {
  /** Reads the configuration, at the start and whenever its file has changed. Throws UserError. */
  readonly readConfig: () => Promise<Config>
  readonly clock: () => Date
  readonly simulations: readonly Simulation[]
  /** What test messages are sent with: SMTP_URL, and the password of a configured relay. */
  readonly env: Readonly<Record<string, string | undefined>>
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

/** Milliseconds within which the page asks for the email, after it has heard of a change. */
const framesComeWithin = 10

/** Opens a publication. Throws UserError when its configuration cannot be read: without it there is nothing to show. */
export async function openPublication({ readConfig, clock, simulations, env }: PublicationSettings): Promise<Publication> {
  let snapshot = createSnapshot(await readConfig(), clock())
  let configProblems: readonly PreviewProblem[] = []
  let framesUnderWay = 0
  const listings = keepLast<Listing>()
  const editions = keepLast<ShownEdition>()
  const views = keepLast<EditionView>()
  const listeners = new Set<(change: PreviewChange) => void>()

  // Whoever saves a file looks at the email first: listing editions and checking are work that would keep it waiting.
  const emailsFirst = async (): Promise<void> => {
    while (framesUnderWay > 0) await setImmediate()
  }
  const editionOf = (key: string, template: string | null): Promise<Kept<ShownEdition>> => {
    const parsed = parseKey(key)
    return editions(`${parsed.key}\n${template}`, () => snapshot.edition(parsed, template))
  }
  const view = (shown: FinishedEdition, query: EditionQuery, revision: number, errors: readonly PreviewProblem[]) => {
    const recipient = findRecipient(query.recipient ?? null)
    const { variant = null } = query
    const name = [shown.key, shown.edition.template, recipient.id, showVariant(shown.email, variant).variant].join('\n')
    return views(name, () => viewEdition(shown, { recipient, variant, revision, errors }))
  }

  return {
    config: () => snapshot.config,
    revision: () => snapshot.revision,

    state: async () => {
      if (snapshot.revision > 1) await setTimeout(framesComeWithin)
      await emailsFirst()
      const { revision, config, listing } = snapshot
      const { value, errors } = await listings('', listing)
      const { name, url, language } = config.site
      return {
        revision,
        publication: { name, url, language },
        editions: value?.entries ?? [],
        templates: value?.templates ?? [],
        defaultTemplate: config.edition.template,
        simulations: simulations.map(each => ({ id: each.id, name: each.name, describes: each.describes, scheme: each.scheme })),
        recipients: sampleRecipients,
        problems: [...configProblems, ...errors, ...(errors.length === 0 ? (value?.problems ?? []) : [])],
        relay: viewRelay(config, env),
      }
    },

    open: async (key, query) => {
      const { revision } = snapshot
      const { value: shown, errors: madeErrors } = await editionOf(key, query.template ?? null)
      const errors = [...configProblems, ...madeErrors]
      if (shown === null) return { kind: 'broken', key, revision, errors }
      if (shown.kind === 'nothing-to-send') return viewNothing(shown, { revision, errors })
      await emailsFirst()
      const { value, errors: viewErrors } = await view(shown, query, revision, errors)
      const all = [...errors, ...viewErrors]
      return value === null ? { kind: 'broken', key, revision, errors: all } : { ...value, revision, errors: all }
    },

    frame: async (key, { template = null, recipient = null, variant = null, simulation = null }) => {
      framesUnderWay++
      try {
        const { value: shown } = await editionOf(key, template)
        if (shown?.kind !== 'finished') return null
        const simulated = simulations.find(each => each.id === simulation) ?? null
        const { config } = shown
        const { email } = showVariant(shown.email, variant)
        return await showFrame({ config, email, recipient: findRecipient(recipient), simulation: simulated })
      } finally {
        framesUnderWay--
      }
    },

    // What is sent is the newest state or nothing: an older one would not be what the editor believes to send.
    sendTest: async ({ edition, template, addresses }) =>
      sendShown(await snapshot.edition(parseKey(edition), template), { addresses, env, now: clock() }),

    change: async (parts, files) => {
      let { config } = snapshot
      if (parts.has('config')) {
        try {
          config = await readConfig()
          configProblems = []
        } catch (error) {
          configProblems = toProblems(error)
        }
      }
      snapshot = snapshot.after({ parts, config, now: clock(), files })
      const shown = files.map(file => displayPath(file, config.paths.displayRoot))
      for (const listener of listeners) listener({ revision: snapshot.revision, files: shown })
    },

    subscribe: listener => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
