import type { Email, MergeValues } from '../render/email.ts'
import { joinSegments } from '../render/join-email.ts'
import type { HtmlElement, InspectContext, Inspected } from './finding.ts'

/** What merge fields are filled with for inspecting: about as long as real ones, signed addresses included. */
const usualValues: Required<MergeValues> = {
  name: 'Maximilian Example',
  email: 'maximilian.example@mail.example',
  unsubscribeUrl: `https://news.example/unsubscribe/${'u'.repeat(120)}`,
  preferencesUrl: `https://news.example/preferences/${'p'.repeat(120)}`,
  viewUrl: `https://news.example/archive/${'v'.repeat(120)}`,
}

// Their text is no text to a reader.
const unseen = new Set(['style', 'script', 'title'])

/** Parses an email once for all rules. */
export async function takeApart(email: Email, context: InspectContext): Promise<Inspected> {
  const html = joinSegments(email.html, usualValues)
  return {
    email,
    context,
    subject: joinSegments(email.subject, usualValues),
    html,
    text: joinSegments(email.text, usualValues),
    ...(await parseHtml(html)),
  }
}

async function parseHtml(html: string): Promise<{ elements: HtmlElement[]; visibleTexts: string[] }> {
  const { Parser } = await import('htmlparser2')
  const elements: HtmlElement[] = []
  const visibleTexts: string[] = []
  const open: string[] = []
  let run = ''
  const endRun = () => {
    if (run.trim() !== '') visibleTexts.push(run.replace(/\s+/g, ' ').trim())
    run = ''
  }
  const parser = new Parser({
    onopentag(name, attributes) {
      endRun()
      open.push(name)
      elements.push({ name, attributes: { ...attributes } })
    },
    ontext(text) {
      if (!open.some(name => unseen.has(name))) run += text
    },
    onclosetag() {
      endRun()
      open.pop()
    },
  })
  parser.end(html)
  endRun()
  return { elements, visibleTexts }
}
