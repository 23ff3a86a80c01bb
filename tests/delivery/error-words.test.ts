import { describe, expect, it } from 'vitest'
import { withoutParticulars } from '../../src/delivery/error-words.ts'

describe('withoutParticulars()', () => {
  it.each([
    ['<ada@reader.example>: Recipient address rejected: User unknown', '…: Recipient address rejected: User unknown'],
    [
      'Our system has detected an unusual rate. ada@x.example d9443c01a7336-2a8f4si1234567pjb.123 - gsmtp',
      'Our system has detected an unusual rate. … - gsmtp',
    ],
    [
      'Service unavailable; Client host [192.0.2.7] blocked using zen.spamhaus.org',
      'Service unavailable; Client host … blocked using zen.spamhaus.org',
    ],
    ['too many connections, 421 for 30 minutes', 'too many connections, 421 for 30 minutes'],
    ['queued as 4XK2pQ1Zzz9', 'queued as …'],
    ['', ''],
  ])('makes of %j %j', (text, words) => expect(withoutParticulars(text)).toBe(words))

  it('makes the same of two replies that differ in address and id only', () => {
    const reply = (address: string, id: string) => withoutParticulars(`The email account ${address} does not exist. ${id} - gsmtp`)
    expect(reply('a@x.example', '5b1f17b1804b1-439b2ab4f8asi112233')).toBe(reply('bob.b@y.example', '38308e7fff4ca-2ec29aa1b2csi998877'))
  })

  it('takes long text without long thought', () => {
    const startedAt = performance.now()
    for (const text of ['a1'.repeat(5000), '1-'.repeat(5000), '<'.repeat(5000), '@'.repeat(5000), '… '.repeat(3000)])
      withoutParticulars(text.slice(0, 500))
    expect(performance.now() - startedAt).toBeLessThan(5000)
  })
})
