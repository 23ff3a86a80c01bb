import { addressesOf } from '../addresses.ts'
import { excerpt } from '../excerpt.ts'
import type { Complaint, HtmlElement, Rule } from '../finding.ts'
import type { LinkAnswer } from '../link-answer.ts'

/** Servers that know a program when they see one say these, and show the page to people all the same. */
const shyStatuses = new Set([401, 403, 405, 406, 429, 451, 503, 999])

/** With --network: every link and picture answers, over a certificate that holds, and no name leads into a private network. */
export const linkUnreachable: Rule = {
  name: 'link-unreachable',
  inspect({ elements, context }) {
    const { answers } = context
    if (answers === undefined) return []
    return addressesOf(elements).flatMap(({ element, address, isPicture }) => {
      const answer = answers.get(address)
      return answer === undefined ? [] : complaintAbout(answer, element, isPicture ? 'picture' : 'link')
    })
  },
}

function complaintAbout({ address, outcome }: LinkAnswer, element: HtmlElement, what: 'picture' | 'link'): Complaint[] {
  const say = (severity: Complaint['severity'], message: string, help: string): Complaint[] => [
    { severity, message, place: { part: 'html', excerpt: excerpt(address, 160), at: element, quote: address }, help },
  ]
  if (outcome.kind === 'refused')
    return say('error', `a ${what} was not asked for: ${outcome.why}`, 'write an address that everybody can reach')
  if (outcome.kind === 'failed')
    return say(
      'error',
      `a ${what} cannot be reached: ${outcome.why}`,
      outcome.certificate
        ? "renew the server's certificate, or write another address"
        : 'correct the address, or publish the page before the edition is sent',
    )
  if (shyStatuses.has(outcome.status))
    return say('warning', `a ${what} answers ${outcome.status}, which may be meant for programs only`, 'open it in a browser once')
  if (outcome.status >= 400)
    return say(
      'error',
      `a ${what} answers ${outcome.status}: readers find nothing there`,
      'correct the address, or publish the page before the edition is sent',
    )
  if (what === 'picture' && outcome.type !== null && !/^(?:image\/|application\/octet-stream)/.test(outcome.type))
    return say('error', `a picture answers with ${outcome.type}: mail programs show a broken frame`, 'correct the address of the picture')
  return []
}
