import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ParsedBounce } from '../../../src/delivery/bounces/bounce-report.ts'
import { decideBounce, decideComplaint } from '../../../src/delivery/bounces/decide-bounce.ts'
import { parseBounce } from '../../../src/delivery/bounces/parse-bounce.ts'
import { buildMail, buildReport, deliveryMark, messageId, reader, returnedHeaders, returnPath } from './build-mail.ts'
import { providerReports } from './provider-reports.ts'
import { buildComplaint, junkReport, sampleReplies } from './sample-replies.ts'
import { sampleWords } from './sample-words.ts'
import { serverReports } from './server-reports.ts'

const sampleReports = [...serverReports, ...providerReports]

const limits = { softLimit: 3, softWithin: 30 * 86_400_000, softAt: [], at: 0 }

function bounceOf(parsed: ParsedBounce) {
  if (parsed.kind !== 'bounce') throw new Error(`read as ${JSON.stringify(parsed)}`)
  return parsed
}

describe('parseBounce()', () => {
  it.each(sampleReports)('reads a report of $name', async ({ bytes, status, action, decision, addresses = [reader], unmarked }) => {
    const report = bounceOf(await parseBounce(bytes))
    expect(report.format).toBe('rfc3464')
    expect(report.recipients[0]).toMatchObject({ status, action, addresses })
    expect(decideBounce(report.recipients[0], limits).kind).toBe(decision)
    expect(report.marks.returnPaths[0]).toBe(returnPath)
    expect(report.marks.messageId).toBe(unmarked ? null : messageId)
    expect(report.marks.deliveryHeader).toBe(unmarked ? null : deliveryMark)
    expect(report.at).toBe(Date.parse('2026-02-09T09:00:00Z'))
  })

  it.each(sampleWords)('reads the words of $name', async ({ bytes, format, status, action, decision }) => {
    const report = bounceOf(await parseBounce(bytes))
    expect(report.format).toBe(format)
    expect(report.recipients[0]).toMatchObject({ status, action, addresses: [reader] })
    expect(decideBounce(report.recipients[0], limits).kind).toBe(decision)
    expect(report.marks).toMatchObject({ messageId, deliveryHeader: deliveryMark })
  })

  it('reads every recipient of a report', async () => {
    const qmail = sampleWords.find(each => each.name.includes('two recipients'))
    const words = bounceOf(await parseBounce(qmail?.bytes ?? new Uint8Array()))
    expect(words.recipients.map(each => [each.addresses[0], decideBounce(each, limits).kind])).toEqual([
      [reader, 'hard'],
      ['other@example.org', 'soft'],
    ])
    const run = [
      'Final-Recipient: rfc822;a@example.org',
      'Action: failed',
      'Status: 5.1.1',
      'Final-Recipient: rfc822;b@example.org',
      'Action: delayed',
      'Status: 4.2.2',
    ]
    const report = bounceOf(await parseBounce(buildReport({ from: 'MAILER-DAEMON@x.example', subject: 'x', status: run })))
    expect(report.recipients.map(each => [each.addresses[0], each.action, each.status])).toEqual([
      ['a@example.org', 'failed', '5.1.1'],
      ['b@example.org', 'delayed', '4.2.2'],
    ])
  })

  it.each(sampleReplies)('says of %s that it is nothing', async (_, bytes, reason) => {
    expect(await parseBounce(bytes)).toEqual({ kind: 'nothing', reason: expect.stringMatching(reason) })
  })

  it('reads a complaint, with its marks even where the provider hides the address', async () => {
    const bytes = buildComplaint([
      'Feedback-Type: abuse',
      'User-Agent: Provider-FBL/1.0',
      'Version: 1',
      `Original-Mail-From: <${returnPath}>`,
      'Original-Rcpt-To: redacted-address@redacted',
      'Arrival-Date: Mon, 9 Feb 2026 09:00:00 GMT',
    ])
    const parsed = await parseBounce(bytes)
    expect(parsed).toMatchObject({
      kind: 'complaint',
      feedbackType: 'abuse',
      addresses: [],
      marks: { messageId, deliveryHeader: deliveryMark, returnedTo: reader },
    })
    expect(parsed.kind === 'complaint' && parsed.marks.returnPaths).toContain(returnPath)
    expect(parsed.kind === 'complaint' && decideComplaint(parsed).kind).toBe('complaint')
  })

  it('reads a complaint of Amazon SES, which names the recipient, and has replaced the Message-ID', async () => {
    const returned = returnedHeaders.map(line => (line.startsWith('Message-ID') ? 'Message-ID: <0102@eu-west-1.amazonses.example>' : line))
    const bytes = buildComplaint(
      ['Feedback-Type: abuse', 'User-Agent: Amazon SES Mailbox Simulator', 'Version: 0.1', `Original-Rcpt-To: <${reader}>`],
      { returned },
    )
    expect(await parseBounce(bytes)).toMatchObject({ kind: 'complaint', addresses: [reader], marks: { deliveryHeader: deliveryMark } })
  })

  it.each([
    ['not-spam', 'nothing'],
    ['auth-failure', 'nothing'],
    ['virus', 'nothing'],
    ['fraud', 'complaint'],
  ])('tells feedback of type %s: %s', async (type, kind) => {
    const parsed = await parseBounce(buildComplaint([`Feedback-Type: ${type}`, 'Version: 1']))
    expect(parsed.kind === 'complaint' && decideComplaint(parsed).kind).toBe(kind)
  })

  it("reads Microsoft's junk report as a complaint", async () => {
    expect(await parseBounce(junkReport)).toMatchObject({ kind: 'complaint', addresses: [reader], marks: { messageId } })
  })

  it('puts the envelope before every header, and knows what servers write it into', async () => {
    const headers = ['Delivered-To: two@news.example.com', 'X-Original-To: three@news.example.com', 'Envelope-To: four@news.example.com']
    const bytes = buildReport({
      from: 'MAILER-DAEMON@x.example',
      subject: 'x',
      to: 'five@news.example.com',
      headers,
      status: ['Final-Recipient: rfc822;a@example.org', 'Action: failed'],
    })
    const { marks } = bounceOf(await parseBounce(bytes, { envelopeTo: 'one@news.example.com' }))
    expect(marks.returnPaths.map(each => each.split('@')[0])).toEqual(['one', 'two', 'three', 'four', 'five', returnPath.split('@')[0]])
  })

  it('takes the envelope id of the report', async () => {
    const bytes = buildReport({
      from: 'MAILER-DAEMON@x.example',
      subject: 'x',
      status: ['Original-Envelope-Id: env-77', 'Reporting-MTA: dns; x', '', 'Final-Recipient: rfc822;a@example.org', 'Action: failed'],
    })
    expect(bounceOf(await parseBounce(bytes)).marks.envelopeId).toBe('env-77')
  })

  it('hands on no control character and no line break of a stranger', async () => {
    const bytes = buildReport({
      from: 'MAILER-DAEMON@x.example',
      subject: 'x',
      status: [
        'Final-Recipient: rfc822;a@example.org',
        'Action: failed',
        'Diagnostic-Code: smtp; 550 5.1.1 \u001b[31mred\u202e\u0000',
        `\t${'x'.repeat(5000)}`,
      ],
    })
    const { diagnostic } = bounceOf(await parseBounce(bytes)).recipients[0]
    expect(diagnostic).toMatch(/^550 5\.1\.1 \[31mred x+$/)
    expect(diagnostic.length).toBeLessThanOrEqual(500)
  })

  it('never takes the address that a report was sent to for the one that failed', async () => {
    const bytes = buildMail({
      from: 'MAILER-DAEMON@mx.example.net',
      subject: 'Undeliverable',
      lines: [`${returnPath}: your message`, '<reader@example.org>: 550 no such user'],
    })
    expect(bounceOf(await parseBounce(bytes)).recipients.map(each => each.addresses[0])).toEqual([reader])
  })
})

describe('parseBounce() of hostile input', () => {
  const big = 3 * 1024 * 1024
  const nested = Array.from(
    { length: 400 },
    (_, depth) => `Content-Type: multipart/mixed; boundary="n${depth}"\r\n\r\n--n${depth}\r\n`,
  ).join('')

  it.each<[string, string]>([
    ['one line of 3 MB', 'x'.repeat(big)],
    ['3 MB of headers', `From: a@b.example\r\n${'X-Y: z\r\n'.repeat(big / 8)}`],
    ['one folded header of 3 MB', `Subject: a\r\n${' b\r\n'.repeat(big / 4)}`],
    ['multiparts 400 deep', nested],
    ['a hundred thousand parts', `Content-Type: multipart/mixed; boundary=b\r\n\r\n${'--b\r\n\r\n'.repeat(big / 7)}`],
    [
      '3 MB of opening brackets in HTML',
      `From: postmaster@x.example\r\nSubject: undeliverable\r\nContent-Type: text/html\r\n\r\n${'<'.repeat(big)}`,
    ],
    ['3 MB of addresses', `From: postmaster@x.example\r\nSubject: undeliverable\r\n\r\n${'<a@b.example>: 550 no\r\n'.repeat(big / 23)}`],
    [
      'a delivery status of 3 MB',
      `Content-Type: message/delivery-status\r\n\r\n${'Final-Recipient: rfc822;a@b.example\r\n\r\n'.repeat(big / 39)}`,
    ],
    [
      'recipients without an end in one group',
      `Content-Type: message/delivery-status\r\n\r\n${'Final-Recipient: rfc822;a@b.example\r\n'.repeat(big / 37)}`,
    ],
    ['3 MB of blanks', `From: postmaster@x.example\r\nSubject: undeliverable\r\n\r\n${' '.repeat(big)}x`],
    ['3 MB of at signs', `From: ${'@'.repeat(100_000)}\r\nTo: ${'a@'.repeat(60_000)}\r\nSubject: undeliverable\r\n\r\n${'@'.repeat(big)}`],
  ])('survives %s in time that grows with its length alone, and with bounded memory', async (_, text) => {
    const bytes = Buffer.from(text)
    const before = process.memoryUsage().heapUsed
    const start = performance.now()
    const parsed = await parseBounce(bytes)
    // Anything that grows faster takes minutes.
    expect(performance.now() - start).toBeLessThan(10_000)
    expect(JSON.stringify(parsed).length).toBeLessThan(1_000_000)
    expect((process.memoryUsage().heapUsed - before) / 1e6).toBeLessThan(300)
  })

  it('never rejects, whatever the bytes', async () => {
    const samples = [...sampleReports, ...sampleWords].map(each => Buffer.from(each.bytes))
    const broken = fc
      .tuple(fc.constantFrom(...samples), fc.array(fc.tuple(fc.nat(), fc.uint8Array({ maxLength: 12 })), { maxLength: 8 }))
      .map(([sample, cuts]) =>
        cuts.reduce(
          (bytes, [at, put]) =>
            Buffer.concat([bytes.subarray(0, at % bytes.length), put, bytes.subarray((at % bytes.length) + put.length)]),
          sample,
        ),
      )
    await fc.assert(
      fc.asyncProperty(fc.oneof(broken, fc.uint8Array({ maxLength: 400 })), async bytes => {
        expect(['bounce', 'complaint', 'nothing']).toContain((await parseBounce(bytes)).kind)
      }),
      { numRuns: 400 },
    )
  })

  it('reads a report whose returned message is of 20 MB', async () => {
    const bytes = buildReport({
      from: 'MAILER-DAEMON@x.example',
      subject: 'x',
      status: ['Final-Recipient: rfc822;a@example.org', 'Action: failed', 'Status: 5.1.1'],
      returned: { type: 'message/rfc822', lines: [...returnedHeaders, '', 'x'.repeat(20_000_000)] },
    })
    expect(await parseBounce(bytes)).toMatchObject({ kind: 'bounce', marks: { messageId } })
  })
})
