import { cleanLine } from '../content/clean-text.ts'
import { type Messages, translate } from '../locale/messages.ts'
import { segmenterOf } from '../summary/segmenters.ts'
import { lengthOf, openingOf, topicOf } from './title-topic.ts'

/** The parts of an item that a subject and a preheader are proposed from. */
export interface ProposalItem {
  readonly title: string
  readonly lead: string | null
}

/** Lengths in characters after decoding: longer subjects and preheaders are cut by mail programs, shorter preheaders let body text in. */
const subjectMost = 78
// A phone shows about 50 characters of a subject, so how many more stories there are must not push the title out of sight.
const subjectShort = 50
const preheaderLeast = 40
const preheaderMost = 130
const separator = ' · '

/** The opening story's title, whole where it fits into 78 characters, else up to where it falls into parts; with the number of further stories where that is short. */
export function proposeSubject(items: readonly ProposalItem[], messages: Messages): string {
  const [title = '', ...others] = items.map(item => cleanLine(item.title))
  const fitting = lengthOf(title) <= subjectMost ? title : (openingOf(title, subjectMost) ?? title)
  if (others.length === 0 || fitting === '') return fitting
  const withMore = translate(messages, 'subjectWithMore', { title: fitting, count: others.length })
  return lengthOf(withMore) <= subjectShort ? withMore : fitting
}

/** The other stories' topics in 40 to 130 characters; where they do not fill that, sentences of the opening story's lead go before them. Never the subject again. */
export function proposePreheader(items: readonly ProposalItem[], subject: string, messages: Messages): string {
  const [opening, ...others] = items
  const topics = topicsThatFit(others.map(item => topicOf(cleanLine(item.title))))
  const also = topics === '' ? '' : translate(messages, 'alsoTopics', { topics })
  const lead = cleanLine(opening?.lead ?? '')
  const candidates = [also, joined(lead, also), lead, joined(shortened(lead, preheaderMost - lengthOf(also) - 1, messages.language), also)]
  const fits = (text: string) => text !== subject && lengthOf(text) >= preheaderLeast && lengthOf(text) <= preheaderMost
  return (
    candidates.find(fits) ?? shortened(candidates.find(text => text !== '' && text !== subject) ?? '', preheaderMost, messages.language)
  )

  function topicsThatFit(all: readonly string[]): string {
    const most = preheaderMost - lengthOf(translate(messages, 'alsoTopics', { topics: '' }))
    let line = ''
    for (const topic of all) {
      const longer = line === '' ? topic : line + separator + topic
      if (topic !== '' && lengthOf(longer) <= most) line = longer
    }
    return line
  }
}

function joined(before: string, after: string): string {
  return [before, after].filter(part => part !== '').join(' ')
}

/** Whole words of a text with an ellipsis, or the text itself where it fits; nothing where not even a few words do. */
function shortened(text: string, most: number, language: string): string {
  if (lengthOf(text) <= most) return text
  let words = ''
  for (const { segment } of segmenterOf(language, 'word').segment(text)) {
    if (lengthOf(words + segment) > most - 1) break
    words += segment
  }
  const whole = words.replace(/[\s\p{P}]+$/u, '')
  return lengthOf(whole) < 12 ? '' : `${whole}…`
}
