import { excerpt } from '../excerpt.ts'
import type { Complaint, Rule } from '../finding.ts'

const shortest = 40
const longest = 130

/** Message rule 14: a preheader of 40 to 130 characters. Lists show it behind the subject. */
export const preheaderLength: Rule = {
  name: 'preheader-length',
  inspect({ email }) {
    const { preheader } = email
    const length = Array.from(preheader).length
    const say = (message: string, help: string): Complaint => ({
      severity: 'warning',
      message,
      place: { part: 'preheader', excerpt: length === 0 ? null : excerpt(preheader) },
      help,
    })
    if (length === 0)
      return [
        say(
          'there is no preheader: mail programs show the first words of the body in its place',
          'write one of 40 to 130 characters into the edition file',
        ),
      ]
    if (length < shortest)
      return [say(`the preheader has ${length} characters: what is left of the line is blank`, `write at least ${shortest} characters`)]
    if (length > longest)
      return [
        say(
          `the preheader has ${length} characters: no mail program shows more than ${longest}`,
          `shorten it to ${longest} characters, the telling words first`,
        ),
      ]
    return []
  },
}
