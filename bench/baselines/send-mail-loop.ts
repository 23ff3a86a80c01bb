/** What one would write with nodemailer: a loop of `sendMail` over its pool, composing for each recipient, with no memory of who got it. */

import { readFileSync } from 'node:fs'
import { createTransport } from 'nodemailer'
import { recipientLinks } from '../../src/message/recipient-links.ts'
import { parseSecret } from '../../src/message/secret-keys.ts'
import type { Email } from '../../src/render/email.ts'
import { publicUrl } from '../large-edition.ts'
import { mailOptions } from './mail-options.ts'

const [file = '', port = '', messages = ''] = process.argv.slice(2)
const email = JSON.parse(readFileSync(file, 'utf8')) as Email
const secret = parseSecret(process.env.NEWS_DIGEST_SECRET ?? '')
const connections = 20
const transport = createTransport({
  host: '127.0.0.1',
  port: Number(port),
  ignoreTLS: true,
  pool: true,
  maxConnections: connections,
  maxMessages: Number.POSITIVE_INFINITY,
})

const startedAt = performance.now()
let next = 0
const sendAll = async () => {
  while (next < Number(messages)) {
    const number = next++
    const address = `reader-${number}@inbox-${number % 50}.example`
    const links = recipientLinks({ publicUrl, list: 'digest', edition: email.edition }, secret, { subscriber: number, epoch: 0 })
    await transport.sendMail(
      mailOptions(email, {
        name: `Reader ${number}`,
        address,
        delivery: number,
        values: { name: `Reader ${number}`, email: address, ...links },
      }),
    )
  }
}
await Promise.all(Array.from({ length: 2 * connections }, sendAll))
process.stdout.write(JSON.stringify({ milliseconds: performance.now() - startedAt }))
transport.close()
