import { excerpt } from '../excerpt.ts'
import type { Complaint, MessageRule } from '../finding.ts'
import type { MessageHeader } from '../parse-message.ts'

const once = ['From', 'To', 'Subject', 'Date', 'Message-ID', 'MIME-Version']
const atMostOnce = [
  ...once,
  'Reply-To',
  'Cc',
  'Sender',
  'List-Id',
  'List-Unsubscribe',
  'List-Unsubscribe-Post',
  'Precedence',
  'Auto-Submitted',
  'Feedback-ID',
  'Content-Type',
]
/** What the servers on the way write, and what would tell a recipient of the others. */
const notOurs = ['Bcc', 'Return-Path', 'Received', 'Authentication-Results']

const mailbox = /^(?:[^<>@,"]*<[^<>@\s,]+@[^<>@\s,]+>|"(?:[^"\\]|\\.)*"\s*<[^<>@\s,]+@[^<>@\s,]+>|[^<>@\s,]+@[^<>@\s,]+)$/
const forms: ReadonlyMap<string, (value: string) => boolean> = new Map([
  ['from', value => mailbox.test(value)],
  ['to', value => mailbox.test(value)],
  ['message-id', value => /^<[^<>@\s]+@[^<>@\s]+>$/.test(value)],
  ['mime-version', value => value === '1.0'],
  ['date', value => !Number.isNaN(Date.parse(value))],
])

/** Message rules 1, 2 and 11: every header that must stand once stands once (RFC 5322 §3.6), in its form, and none is there that is not ours to write. */
export const messageHeaders: MessageRule = {
  name: 'message-headers',
  inspect({ message }) {
    if (message === null) return []
    const { headers } = message
    return [...headers.flatMap(wrongHeader), ...wrongNumbers(headers)].map(
      ({ text, header }): Complaint => ({
        severity: 'error',
        message: text,
        place: { part: 'message', excerpt: excerpt(header) },
        help: 'email.eml was changed after the build: build again; if it stays, report it',
      }),
    )
  },
}

interface Wrong {
  readonly text: string
  readonly header: string
}

function wrongNumbers(headers: readonly MessageHeader[]): Wrong[] {
  const all = (name: string) => headers.filter(header => header.name === name.toLowerCase())
  return [
    ...once
      .filter(name => all(name).length === 0)
      .map(name => ({ text: `the message has no ${name}: relays refuse it, and filters count it against you`, header: name })),
    ...atMostOnce
      .filter(name => all(name).length > 1)
      .map(name => ({
        text: `the message has ${name} ${all(name).length} times: relays refuse it (RFC 5322 §3.6)`,
        header: all(name)[1]?.raw ?? name,
      })),
    ...notOurs.flatMap(name =>
      all(name).map(({ raw }) => ({
        text: `the message has the header ${name}, which only the servers on its way may write`,
        header: raw,
      })),
    ),
  ]
}

function wrongHeader({ name, value, raw }: MessageHeader): Wrong[] {
  if (!/^[\x21-\x39\x3b-\x7e]+$/.test(name)) return [{ text: 'a line among the headers is no header', header: raw }]
  const isRight = forms.get(name)
  // A display name in encoded-words may hold anything once it is decoded.
  const judged = value.replace(/=\?[^?\s]+\?[BQ]\?[^?]*\?=/gi, 'x')
  if (isRight === undefined || isRight(judged)) return []
  return [
    {
      text: `${raw.slice(0, raw.indexOf(':'))} has not the form that it must have: mail programs show something else, or nothing`,
      header: raw,
    },
  ]
}
