/** The preview's routes. Everything they show comes from the publication, the built page, and content.assets: no path of a request is looked for elsewhere. */

import { type Context, Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { streamSSE } from 'hono/streaming'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import * as z from 'zod'
import { type Problem, UserError } from '../../errors.ts'
import { parseJson, readBody } from '../read-body.ts'
import { addresses, type EditionQuery, type PreviewChange, type PreviewProblem, type Refusal } from './api.ts'
import { type OwnNames, refusalOf } from './guard-requests.ts'
import { toProblems } from './problems.ts'
import type { Publication } from './publication.ts'
import type { PageFiles } from './read-page.ts'
import { readPicture } from './read-picture.ts'
import { commonHeaders, dataPolicy, framePolicy, pagePolicy } from './security-headers.ts'

/** What the routes answer from, and for whom. */
export interface AppParts {
  readonly publication: Publication
  readonly page: PageFiles
  readonly own: OwnNames
}

/** The application, ready for a server or for `app.request`. */
export function createApp({ publication, page, own }: AppParts): Hono {
  const app = new Hono()
  app.use(async (c, next) => {
    for (const [name, value] of Object.entries({ ...commonHeaders, 'Content-Security-Policy': dataPolicy })) c.header(name, value)
    const refusal = refusalOf({ method: c.req.method, path: c.req.path, header: name => c.req.header(name) }, own)
    return refusal === null ? next() : refuse(c, 403, [problem(refusal, 'Open the address that "news-digest preview" has printed.')])
  })
  app.get(addresses.state, async c => c.json(await publication.state()))
  app.get('/api/editions/:key', async c => c.json(await publication.open(c.req.param('key'), queryOf(c))))
  app.get('/frame/:key', async c => {
    const remote = c.req.query('remote') === '1'
    const html = await publication.frame(c.req.param('key'), { ...queryOf(c), simulation: c.req.query('simulation') ?? null })
    c.header('Content-Security-Policy', framePolicy(remote))
    return html === null ? c.html(noEmail, 404) : c.html(html)
  })
  app.get('/assets/*', async c => sendPicture(c, publication.config().paths.assets))
  app.get(addresses.events, c => streamChanges(c, publication))
  app.post(addresses.testSend, async c => {
    const sent = await readBody(c, 65_536)
    if (sent === null) return refuse(c, 413, [problem('this is longer than any list of addresses here', 'Name fewer addresses.')])
    const body = testSendBody.safeParse(parseJson(sent))
    if (!body.success)
      return refuse(c, 400, [problem(`this is no test that can be sent: ${z.prettifyError(body.error)}`, 'Reload the page.')])
    return c.json(await publication.sendTest(body.data))
  })
  app.get('*', c => {
    const file = page.get(c.req.path)
    if (file === undefined) return notFound(c)
    c.header('Content-Security-Policy', pagePolicy)
    return c.body(file.body, 200, { 'Content-Type': file.type })
  })
  app.notFound(notFound)
  app.onError((error, c) => {
    if (error instanceof HTTPException)
      return refuse(c, error.status, [problem(error.message || 'the request cannot be read', 'Reload the page.')])
    return refuse(c, error instanceof UserError ? 422 : 500, toProblems(error))
  })
  return app
}

const testSendBody = z.strictObject({
  edition: z.string().max(200),
  template: z.string().max(200).nullable(),
  addresses: z.array(z.string().max(1000)).max(50),
})

const noEmail = '<!doctype html><html lang="en"><meta charset="utf-8"><title>No email</title><body></body></html>'

function queryOf(c: Context): EditionQuery {
  return { template: c.req.query('template') || null, recipient: c.req.query('recipient') || null, variant: c.req.query('variant') || null }
}

async function sendPicture(c: Context, assets: string | null): Promise<Response> {
  // The path as it was sent: decoded first, "%2e%2e%2f" would be a way up.
  const encoded = new URL(c.req.url).pathname.slice('/assets/'.length)
  const picture = assets === null ? null : await readPicture(assets, encoded)
  if (picture === null) return notFound(c)
  // Kept by the browser and asked about each time: a reloaded email does not flicker.
  c.header('Cache-Control', 'no-cache')
  c.header('ETag', picture.etag)
  if (c.req.header('if-none-match') === picture.etag) return c.body(null, 304)
  return c.body(picture.bytes, 200, { 'Content-Type': picture.type })
}

/** One `change` at once, so that a page that was away catches up, and one for every change. */
function streamChanges(c: Context, publication: Publication): Response {
  return streamSSE(c, async stream => {
    const send = (change: PreviewChange) => stream.writeSSE({ event: 'change', data: JSON.stringify(change) })
    await send({ revision: publication.revision(), files: [] })
    await new Promise<void>(resolve => {
      const unsubscribe = publication.subscribe(change => void send(change))
      stream.onAbort(() => {
        unsubscribe()
        resolve()
      })
    })
  })
}

function notFound(c: Context): Response {
  return refuse(c, 404, [problem('there is nothing at this address', 'Open the address that "news-digest preview" has printed.')])
}

function refuse(c: Context, status: ContentfulStatusCode, problems: readonly PreviewProblem[]): Response {
  return c.json({ problems } satisfies Refusal, status)
}

function problem(message: string, hint: string): Problem {
  return { code: 'usage', severity: 'error', message, hint }
}
