import { addressesOf } from '../addresses.ts'
import { excerpt } from '../excerpt.ts'
import type { Rule } from '../finding.ts'

/** With --network: a link leads where it says. One that has moved for good costs every reader a second, and one that leaves https can be read on the way. */
export const linkRedirected: Rule = {
  name: 'link-redirected',
  inspect({ elements, context }) {
    return addressesOf(elements).flatMap(({ element, address, isPicture }) => {
      const redirects = context.answers?.get(address)?.redirects ?? []
      const last = redirects.at(-1)
      const leavesHttps = address.startsWith('https:') && redirects.some(({ to }) => to.startsWith('http:'))
      // A slash at the end, and www, are the server's own taste.
      const hasMoved = redirects.some(({ status, to }) => (status === 301 || status === 308) && bare(to) !== bare(address))
      if (last === undefined || (!leavesHttps && !hasMoved)) return []
      return [
        {
          severity: 'warning' as const,
          message: leavesHttps
            ? `a ${isPicture ? 'picture' : 'link'} redirects over http: what is read there can be seen and changed on the way`
            : `a ${isPicture ? 'picture' : 'link'} has moved for good: every reader waits for the way round`,
          place: {
            part: 'html' as const,
            excerpt: excerpt(`${address} → ${redirects.map(({ to }) => to).join(' → ')}`, 240),
            at: element,
            quote: address,
          },
          help: `write ${excerpt(last.to, 160)}`,
        },
      ]
    })
  },
}

function bare(address: string): string {
  return address.replace(/^https?:\/\/(?:www\.)?/, '').replace(/\/?(?:[?#].*)?$/, '')
}
