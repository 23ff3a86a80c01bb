/** Asks for the links and pictures of an email, and never anything that is not public. */

import type { LinkAnswer } from './link-answer.ts'
import type { PictureFacts } from './picture-facts.ts'
import { type PublicRequestOptions, readPublic } from './read-public.ts'

/** How addresses are asked for. */
export interface ReadLinksOptions extends PublicRequestOptions {
  readonly onProgress?: (done: number, total: number) => void
}

/** An address to ask for; of a picture its size is wanted, too. */
export interface Wanted {
  readonly address: string
  readonly isPicture: boolean
}

const concurrency = 8
const mostRedirects = 5

/** Asks for every address once, eight at a time: HEAD, and GET where that is refused or a picture is to be weighed. Never throws for what a server does. */
export async function readLinks(wanted: readonly Wanted[], options: ReadLinksOptions = {}): Promise<ReadonlyMap<string, LinkAnswer>> {
  const queue = [...new Map(wanted.map(each => [each.address, each])).values()]
  const answers = new Map<string, LinkAnswer>()
  const total = queue.length
  const work = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      answers.set(next.address, await readLink(next, options))
      options.onProgress?.(answers.size, total)
    }
  }
  await Promise.all(Array.from({ length: Math.min(concurrency, total) }, work))
  // In the order they were asked for, whichever answered first.
  return new Map(
    wanted.flatMap(({ address }) => {
      const answer = answers.get(address)
      return answer === undefined ? [] : [[address, answer] as const]
    }),
  )
}

async function readLink({ address, isPicture }: Wanted, options: ReadLinksOptions): Promise<LinkAnswer> {
  const first = await follow(address, isPicture ? 'GET' : 'HEAD', options)
  // Many servers answer HEAD wrongly, or not at all.
  const isFinal = isPicture || first.outcome.kind === 'refused' || (first.outcome.kind === 'answered' && first.outcome.status < 400)
  return isFinal ? first : follow(address, 'GET', options)
}

async function follow(address: string, method: 'HEAD' | 'GET', options: ReadLinksOptions): Promise<LinkAnswer> {
  const redirects: { status: number; to: string }[] = []
  let url = URL.parse(address)
  const end = (outcome: LinkAnswer['outcome'], picture: PictureFacts | null = null): LinkAnswer => ({
    address,
    outcome,
    redirects,
    picture,
  })
  for (;;) {
    if (url === null || !/^https?:$/.test(url.protocol)) return end({ kind: 'refused', why: 'it is no http address' })
    const answer = await readPublic(url, method, options)
    if (answer.kind !== 'answered') return end(answer)
    const { status, type, location, picture } = answer
    if (location === null) return end({ kind: 'answered', status, type }, picture)
    if (redirects.length === mostRedirects)
      return end({ kind: 'failed', why: `it redirects more than ${mostRedirects} times`, certificate: false })
    url = URL.parse(location, url.href)
    redirects.push({ status, to: url?.href ?? location })
  }
}
