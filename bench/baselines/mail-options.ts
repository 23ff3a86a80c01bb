import type { SendMailOptions } from 'nodemailer'
import type { MessageRecipient } from '../../src/message/message-recipient.ts'
import type { Email } from '../../src/render/email.ts'
import { joinSegments } from '../../src/render/join-email.ts'

/** The same content and headers, as a script with nodemailer would hand them over. */
export function mailOptions(email: Email, { name, address, values, delivery }: MessageRecipient): SendMailOptions {
  return {
    from: { name: 'The Lighthouse', address: 'post@lighthouse.example' },
    to: { name: name ?? '', address },
    subject: joinSegments(email.subject, values),
    text: joinSegments(email.text, values),
    html: joinSegments(email.html, values),
    date: new Date('2026-03-02T09:00:00.000Z'),
    headers: {
      'List-Id': 'The Lighthouse <digest.lighthouse.example>',
      'List-Unsubscribe': `<${values.unsubscribeUrl ?? ''}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      'Feedback-ID': `${email.edition}:digest:edition:lighthouseexamp`,
      Precedence: 'bulk',
      'Auto-Submitted': 'auto-generated',
      'X-News-Digest-Delivery': String(delivery),
    },
    disableFileAccess: true,
    disableUrlAccess: true,
  }
}
