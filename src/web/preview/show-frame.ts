/** The email as a document for the frame. */

import type { Config } from '../../config/config.ts'
import { parseTree, writeTree } from '../../inspect/simulate/html-tree.ts'
import { resolveScheme } from '../../inspect/simulate/resolve-scheme.ts'
import type { Simulation } from '../../inspect/simulate/simulation.ts'
import { readPictures } from '../../output/read-pictures.ts'
import { encodePicturePath, findSitePictures, showPicturesFrom } from '../../output/site-pictures.ts'
import type { Email } from '../../render/email.ts'
import { escapeHtml } from '../../render/escape-html.ts'
import { joinSegments } from '../../render/join-email.ts'
import { changesMeta, type SampleRecipient } from './api.ts'
import { joinWithPlaces } from './mark-places.ts'
import { valuesOf } from './sample-recipients.ts'

/** How an email is to be shown. */
export interface FrameRequest {
  readonly config: Config
  readonly email: Email
  readonly recipient: SampleRecipient
  /** Null shows it as it is, in the light: what it looks like must not depend on the browser of whoever looks. */
  readonly simulation: Simulation | null
}

/** One whole HTML document. Pictures of the site that lie in content.assets are shown from there. */
export async function showFrame({ config, email, recipient, simulation }: FrameRequest): Promise<string> {
  const values = valuesOf(recipient, config)
  const html = joinWithPlaces(email.html, values)
  if (simulation === null) return withSitePictures(inTheLight(html), config)
  const source = { html, text: joinSegments(email.text, values), subject: joinSegments(email.subject, values) }
  const { html: simulated, changes } = simulation.transform(source)
  return withSitePictures(withChanges(simulated, changes), config)
}

function inTheLight(html: string): string {
  const tree = parseTree(html)
  resolveScheme(tree, 'light', 'light')
  return writeTree(tree)
}

function withChanges(html: string, changes: readonly string[]): string {
  const meta = `<meta name="${changesMeta}" content="${escapeHtml(JSON.stringify(changes))}">`
  return /<head[\s>]/i.test(html) ? html.replace(/<head(?:\s[^>]*)?>/i, head => head + meta) : meta + html
}

async function withSitePictures(html: string, { site, paths }: Config): Promise<string> {
  if (paths.assets === null) return html
  const { found } = await readPictures(findSitePictures(html, site.url), site.url, paths.assets)
  const copies = found.map(({ address, path }) => [address, `/assets/${encodePicturePath(path)}`] as const)
  return showPicturesFrom(html, new Map(copies))
}
