import { randomBytes } from 'node:crypto'
import type { Config } from './config/config.ts'
import { displayPath } from './config/display-path.ts'
import { readFullPosts } from './content/read-full-posts.ts'
import { assembleEdition } from './edition/assemble-edition.ts'
import type { Edition, EditionFile } from './edition/edition.ts'
import { lostPicksOf } from './edition/lost-picks.ts'
import { type Problem, throwProblems } from './errors.ts'
import type { Finding } from './inspect/finding.ts'
import type { Messages } from './locale/messages.ts'
import { readMessages } from './locale/read-messages.ts'
import { composeMessage } from './message/compose-message.ts'
import { messageSettingsOf } from './message/message-settings.ts'
import type { ServiceExport } from './output/edition-files.ts'
import { type EditionOutput, type WrittenEdition, writeEdition } from './output/write-edition.ts'
import type { Email, MergeValues } from './render/email.ts'
import type { Service } from './render/export-for.ts'
import { readTemplates } from './render/read-templates.ts'
import { type RenderedEdition, renderEmail } from './render/render-email.ts'
import { emailOfVariant } from './render/variant.ts'
import { inspectEdition } from './run-inspect.ts'
import { type Plan, type PlanRequest, planEdition, readOptionsOf, refuseWithoutPicks } from './run-plan.ts'
import { summarizePosts } from './summary/summarize-posts.ts'

/** What building an edition depends on besides planning it; everything has a default. */
export interface BuildRequest extends PlanRequest {
  /** False leaves out the checks of the finished email. Default: true. */
  readonly check?: boolean
  /** The look to use. Default: the edition file's, else the configuration's. */
  readonly template?: string | undefined
  /** Also write the email with this service's merge fields. Default: none. */
  readonly service?: Service | undefined
}

/** A build: written to the output folder, or nothing to send. */
export type Build = { readonly kind: 'nothing-to-send'; readonly plan: Plan } | WrittenBuild

/** A build that stands in the output folder. `problems` are those that did not stop it. */
export interface WrittenBuild {
  readonly kind: 'written'
  readonly plan: Plan
  readonly edition: Edition
  readonly rendered: RenderedEdition
  readonly findings: readonly Finding[]
  /** Absolute paths, index.html first. */
  readonly files: readonly string[]
  readonly problems: readonly Problem[]
}

/**
 * Plans an edition, makes it, renders it, checks it and writes it to `out/<edition>/`.
 * @throws UserError as `planEdition` does, and for templates or an output folder that are not as they should be; then nothing is written
 */
export async function buildEdition(request: BuildRequest): Promise<Build> {
  const { config } = request
  const { templates: userDir, displayRoot } = config.paths
  const plan = await planEdition(request)
  refuseWithoutPicks(plan)
  if (plan.selection.tooFew) return { kind: 'nothing-to-send', plan }
  const { edition, messages, problems } = await makeEdition(request, plan)
  const templates = await readTemplates({ userDir, displayRoot, template: edition.template })
  const rendered = await renderEmail(edition, { config, templates, messages, nonce: randomBytes(16).toString('hex') })
  const { email } = rendered
  const eml = composeSample(config, email)
  const checks = request.check !== false
  const all = checks ? await inspectEdition({ config, edition, email, eml, templates, service: request.service }) : []
  // Here the plan's problems have told of lost picks.
  const findings = all.filter(({ rule }) => rule !== 'lost-pick')
  const written = await write(request, { edition, email, eml })
  return {
    kind: 'written',
    plan,
    edition,
    rendered,
    findings,
    files: written.files,
    problems: [...plan.problems, ...problems, ...written.problems],
  }
}

/** An edition with the messages of its language, and the problems that those have. */
export interface MadeEdition {
  readonly edition: Edition
  readonly messages: Messages
  readonly problems: readonly Problem[]
}

/** What an edition is made with. */
export interface MakeRequest extends PlanRequest, Pick<BuildRequest, 'template'> {
  /** Reads picks whole, for whoever remembers them. Default: `readFullPosts`. */
  readonly readFull?: typeof readFullPosts
}

/** Reads the picks of a plan whole, summarizes them and assembles the edition. Throws UserError when a pick has become unreadable. */
export async function makeEdition(request: MakeRequest, plan: Plan): Promise<MadeEdition> {
  const { config, readFull = readFullPosts } = request
  const { templates: userDir, displayRoot } = config.paths
  const { messages, problems } = await readMessages({ userDir, displayRoot, language: plan.language })
  const picks = plan.selection.picks.map(pick => pick.post)
  const { posts, broken } = await readFull(picks, readOptionsOf(request))
  throwProblems(broken.flatMap(post => post.problems))
  const { style, ...budgets } = config.summary
  const edition = assembleEdition({
    selection: plan.selection,
    language: plan.language,
    template: request.template ?? plan.file?.template ?? config.edition.template,
    file: plan.file,
    lost: lostPicksOf(plan.problems),
    posts,
    summarize: each => summarizePosts(each, { style, budgets }),
    messages,
  })
  return { edition, messages, problems: [...problems, ...nothingToTell(edition, plan.file, config)] }
}

/** Two subjects are told apart by what the site's analytics see of them. */
function nothingToTell({ subjects }: Edition, file: EditionFile | null, { links, paths }: Config): readonly Problem[] {
  if (subjects === null || file === null || links.utm !== false) return []
  return [
    {
      code: 'edition-file-invalid',
      severity: 'warning',
      message: 'two subjects are tried, and nothing will tell which is read more: "links.utm" is false, so links do not say the subject',
      place: { file: file.file },
      hint: `Take "utm: false" out of ${paths.config === null ? 'the configuration' : displayPath(paths.config, paths.displayRoot)}, or write one "subject".`,
    },
  ]
}

async function write({ config, service }: BuildRequest, made: Pick<EditionOutput, 'edition' | 'email' | 'eml'>): Promise<WrittenEdition> {
  return writeEdition(config.paths.out, {
    ...made,
    sample: sampleValues(config),
    exports: service === undefined ? [] : [await exportTo(service, made.email)],
    site: { url: config.site.url, assets: config.paths.assets },
  })
}

/** The message that the invented recipient would get, with subject A where two are tried: what `email.eml` holds. */
function composeSample(config: Config, email: Email): Uint8Array {
  const sample = sampleValues(config)
  const recipient = { name: sample.name, address: sample.email, values: sample }
  return composeMessage(emailOfVariant(email, 'A'), recipient, messageSettingsOf(config, email))
}

async function exportTo(service: Service, email: Email): Promise<ServiceExport> {
  const { exportFor } = await import('./render/export-for.ts')
  return { service, ...exportFor(service, email) }
}

/** The invented recipient whom a build shows its email to. Links lead to the public server's own paths, with a token that it refuses. */
export function sampleValues({ site, links }: Config): Required<MergeValues> {
  const publicUrl = (links.publicUrl ?? site.url).replace(/\/+$/, '')
  return {
    name: 'Robin Sample',
    email: 'robin@reader.example',
    unsubscribeUrl: `${publicUrl}/unsubscribe/sample`,
    preferencesUrl: `${publicUrl}/preferences/sample`,
    viewUrl: `${publicUrl}/sample`,
  }
}
