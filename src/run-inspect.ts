import type { Config } from './config/config.ts'
import type { Edition } from './edition/edition.ts'
import type { Finding } from './inspect/finding.ts'
import type { LinkAnswer } from './inspect/link-answer.ts'
import type { PictureFacts } from './inspect/picture-facts.ts'
import { readPictures } from './output/read-pictures.ts'
import { findSitePictures } from './output/site-pictures.ts'
import type { Email } from './render/email.ts'
import { joinSegments } from './render/join-email.ts'
import { readTemplates, type TemplateSet } from './render/read-templates.ts'

/** A built edition to check. */
export interface InspectRequest {
  readonly config: Config
  readonly edition: Edition
  readonly email: Email
  /** The message in bytes, as `email.eml` has it; null where it is not at hand. */
  readonly eml: Uint8Array | null
  /** The templates it was made with. Default: read anew. */
  readonly templates?: TemplateSet
  /** What only a sending needs is a warning at build and an error at send. Default: build. */
  readonly purpose?: 'build' | 'send'
  /** The service that it is built for. Default: none. */
  readonly service?: string | undefined
  /** What the network answered for the email's addresses (`readLinks`). Default: nobody asked. */
  readonly answers?: ReadonlyMap<string, LinkAnswer>
}

/**
 * Every check of a built edition, with all that they may know: the configuration, the pictures of the site, the files that the edition was made from.
 * @throws UserError `config-invalid` where `checks` of the configuration names a check that there is not
 */
export async function inspectEdition(request: InspectRequest): Promise<readonly Finding[]> {
  const { config, edition, email, eml, purpose = 'build', service, answers } = request
  const [{ inspectEmail }, { rules }, { readSources }, { refuseUnknownChecks }] = await Promise.all([
    import('./inspect/inspect-email.ts'),
    import('./inspect/rules.ts'),
    import('./inspect/read-sources.ts'),
    import('./inspect/refuse-unknown-checks.ts'),
  ])
  const sources = await readSources(config, request.templates ?? (await templatesOf(config, edition)), edition)
  const known = rules.map(rule => rule.name)
  await refuseUnknownChecks(config.checks, known, sources.config)
  return inspectEmail(email, {
    purpose,
    edition,
    sender: { email: config.sender.email ?? null, address: config.sender.address ?? null },
    publicUrl: config.links.publicUrl ?? null,
    audience: config.audience,
    checks: config.checks,
    pictures: await knownPictures(config, email, answers),
    sources,
    ...(service === undefined ? {} : { service }),
    ...(eml === null ? {} : { eml }),
    ...(answers === undefined ? {} : { answers }),
  })
}

function templatesOf({ paths }: Config, edition: Edition): Promise<TemplateSet> {
  return readTemplates({ userDir: paths.templates, displayRoot: paths.displayRoot, template: edition.template })
}

/** Pictures of the site from the folder of its assets, all others as far as the network was asked. */
async function knownPictures(
  { site, paths }: Config,
  email: Email,
  answers: ReadonlyMap<string, LinkAnswer> = new Map(),
): Promise<ReadonlyMap<string, PictureFacts>> {
  const asked = [...answers].flatMap(([address, answer]) => (answer.picture === null ? [] : [[address, answer.picture] as const]))
  if (paths.assets === null) return new Map(asked)
  const { readPictureFacts } = await import('./inspect/read-picture-facts.ts')
  const { found } = await readPictures(findSitePictures(joinSegments(email.html, {}), site.url), site.url, paths.assets)
  const looked = await Promise.all(found.map(async ({ address, file }) => [address, await readPictureFacts(file)] as const))
  return new Map([...asked, ...looked.flatMap(([address, facts]) => (facts === null ? [] : [[address, facts] as const]))])
}
