import { isUtf8 } from 'node:buffer'
import type { Complaint, InspectedMessage, MessageRule } from '../finding.ts'
import type { MessagePart, ParsedMessage } from '../parse-message.ts'

/** Message rule 6: multipart/alternative, text first and HTML last (RFC 2046 §5.1.4), each with its charset, decoding to what it says, its lines short, the boundary in no body. */
export const messageParts: MessageRule = {
  name: 'message-parts',
  inspect(inspected) {
    const { message } = inspected
    if (message === null) return []
    const wrong = [
      ...wrongStructure(message),
      ...message.parts.flatMap(part => wrongPart(part, message)),
      ...wrongContent(message, inspected),
    ]
    return wrong.map(
      (text): Complaint => ({
        severity: 'error',
        message: text,
        place: { part: 'message', excerpt: null },
        help: 'email.eml was changed, or stands from another build: build again; if it stays, report it',
      }),
    )
  },
}

function wrongStructure({ contentType, parts }: ParsedMessage): string[] {
  if (!/^multipart\/alternative\b/i.test(contentType))
    return [`the message is ${contentType.split(';')[0] || 'of no type'}, not multipart/alternative: one of its parts is lost`]
  const types = parts.map(({ type }) => type).join(', ')
  return types === 'text/plain, text/html'
    ? []
    : [
        `the parts of the message are ${types || 'none'}: mail programs show the last one they can, so the text comes first and the HTML last`,
      ]
}

function wrongPart(part: MessagePart, { boundary }: ParsedMessage): string[] {
  const { bytes } = part
  const lines = part.body.split('\r\n')
  return [
    ...(part.charset === null ? [`the part ${part.type} does not name its charset: letters beyond ASCII come out wrong`] : []),
    ...(bytes === null ? [`the part ${part.type} does not decode as ${part.encoding}`] : []),
    ...(bytes !== null && part.charset === 'utf-8' && !isUtf8(bytes) ? [`the part ${part.type} says it is utf-8, and is not`] : []),
    ...(part.encoding === 'quoted-printable' && lines.some(line => line.length > 76)
      ? [`a quoted-printable line of the part ${part.type} has more than 76 characters (RFC 2045 §6.7)`]
      : []),
    ...(part.encoding === '7bit' && /[^\p{ASCII}]/u.test(part.body) ? [`the part ${part.type} says it is 7bit, and is not`] : []),
    ...(boundary !== null && part.body.includes(`--${boundary}`)
      ? [`the boundary stands inside the part ${part.type}: mail programs cut it there`]
      : []),
  ]
}

/** What was checked is what is sent: the first finished stretch of each part stands in the message. */
function wrongContent({ parts }: ParsedMessage, { email }: InspectedMessage): string[] {
  const expected = [
    { type: 'text/plain', segments: email.text },
    { type: 'text/html', segments: email.html },
  ]
  return expected.flatMap(({ type, segments }) => {
    const part = parts.find(each => each.type === type)
    const decoded = part?.bytes?.toString('utf8').replaceAll('\r\n', '\n')
    if (decoded === undefined) return []
    const missing = segments.some(segment => 'text' in segment && !decoded.includes(segment.text.replaceAll('\r\n', '\n')))
    return missing ? [`the part ${type} is not the one in email.json: what was checked is not what would be sent`] : []
  })
}
