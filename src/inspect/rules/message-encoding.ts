import { excerpt } from '../excerpt.ts'
import type { Complaint, MessageRule } from '../finding.ts'
import { decodeWords } from '../parse-message.ts'

const named = new Set(['from', 'to', 'reply-to', 'subject', 'list-id', 'sender'])

/** Message rules 4 and 5: headers are ASCII, encoded-words have at most 75 characters, decode, and stand in no address (RFC 2047 §5); nothing in names can deceive. */
export const messageEncoding: MessageRule = {
  name: 'message-encoding',
  inspect({ message, context }) {
    if (message === null) return []
    return message.headers.flatMap(({ name, value, raw }): Complaint[] => {
      const words = value.match(/=\?[^?\s]+\?[^?\s]\?[^?]*\?=/g) ?? []
      const decoded = decodeWords(value)
      const isUtf8Allowed = context.smtputf8 === true && name === 'to'
      const wrong =
        (!isUtf8Allowed && /[^\t\r\n\x20-\x7e]/.test(raw) && 'a header holds bytes beyond ASCII: servers without SMTPUTF8 refuse it') ||
        (words.some(word => word.length > 75) && 'an encoded-word has more than 75 characters: mail programs show it as it is') ||
        (decoded === null && 'an encoded-word of a header does not decode: mail programs show it as it is') ||
        (/<[^>]*=\?[^>]*>/.test(value) && 'an encoded-word stands inside an address, which no server decodes') ||
        (named.has(name) &&
          /[\p{Cc}\u202A\u202B\u202D\u202E]/u.test(decoded ?? '') &&
          'a header holds a character that nobody sees: it can show another name than it says')
      if (wrong === false) return []
      return [
        {
          severity: 'error',
          message: wrong,
          place: { part: 'message', excerpt: excerpt(raw) },
          help: 'look for strange characters in the subject and in sender.name; otherwise build again, and report it',
        },
      ]
    })
  },
}
