import { createHash } from 'node:crypto'
import type { EmailContent, EmailHashes, Segment } from './email.ts'

/** The hashes of an email's parts. `content` covers all of it, the other variants too where there are any. */
export function hashEmail({ subject, html, text }: EmailContent, others: readonly EmailContent[] = []): EmailHashes {
  const all = others.flatMap(other => [...other.subject, ...other.html, ...other.text])
  return { subject: hashOf(subject), html: hashOf(html), text: hashOf(text), content: hashOf([...subject, ...html, ...text, ...all]) }
}

function hashOf(segments: readonly Segment[]): string {
  return createHash('sha256').update(JSON.stringify(segments)).digest('hex')
}
