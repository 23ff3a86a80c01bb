import path from 'node:path'
import { Readable } from 'node:stream'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { parseBounce } from '../../../src/delivery/bounces/parse-bounce.ts'
import { readBounces } from '../../../src/delivery/bounces/read-bounces.ts'
import { readMessages } from '../../../src/delivery/bounces/read-mbox.ts'
import { createTempFolder } from '../../temp-folder.ts'
import { serverReports } from './server-reports.ts'

const nobody = () => Readable.from([])

async function collect<T>(all: AsyncIterable<T>): Promise<T[]> {
  const collected: T[] = []
  for await (const each of all) collected.push(each)
  return collected
}

async function read(paths: readonly string[], input: Readable = nobody()): Promise<{ source: string; text: string }[]> {
  const all = await collect(readBounces(paths, input))
  return all.map(({ source, bytes }) => ({ source, text: Buffer.from(bytes).toString('latin1') }))
}

function letter(subject: string, ...lines: string[]): string {
  return [`Subject: ${subject}`, '', ...lines, ''].join('\n')
}

const mbox = [
  'From MAILER-DAEMON Mon Feb  9 10:00:00 2026',
  letter('one', 'From now on.', '', 'From here to 2026', 'From noon Mon Feb  9 12:00:00 2026 on', '', '>From the desk', '>>From deeper'),
  'From - Mon Feb 09 10:00:01 2026',
  letter('two'),
  'From bounce@example.org  Mon Feb  9 10:00:02 +0100 2026',
  letter('three', 'x'),
].join('\n')

describe('readBounces()', () => {
  it('reads a maildir: what is new, then what was seen, and nothing that is still being written', async () => {
    const folder = await createTempFolder({
      'cur/1.a:2,S': letter('old'),
      'new/3.c': letter('newer'),
      'new/2.b': letter('new'),
      'tmp/4.d': letter('half'),
      'new/.lock': '',
    })
    expect((await read([folder])).map(({ source, text }) => [path.relative(folder, source), text.split('\n')[0]])).toEqual([
      ['new/2.b', 'Subject: new'],
      ['new/3.c', 'Subject: newer'],
      ['cur/1.a:2,S', 'Subject: old'],
    ])
  })

  it('reads an mbox, takes one > off quoted lines, and is not misled by text that begins with From', async () => {
    const folder = await createTempFolder({ inbox: mbox })
    const messages = await read([path.join(folder, 'inbox')])
    expect(messages.map(each => path.basename(each.source))).toEqual(['inbox, message 1', 'inbox, message 2', 'inbox, message 3'])
    expect(messages.map(each => each.text.trimEnd())).toEqual([
      'Subject: one\n\nFrom now on.\n\nFrom here to 2026\nFrom noon Mon Feb  9 12:00:00 2026 on\n\nFrom the desk\n>From deeper',
      'Subject: two',
      'Subject: three\n\nx',
    ])
  })

  it('reads the same from an mbox that arrives a byte at a time on standard input, and with CR LF', async () => {
    const whole = (await read(['-'], Readable.from([Buffer.from(mbox)]))).map(each => each.text)
    expect(whole).toHaveLength(3)
    expect((await read(['-'], Readable.from([...Buffer.from(mbox)].map(byte => Buffer.from([byte]))))).map(each => each.text)).toEqual(
      whole,
    )
    expect(
      (await read(['-'], Readable.from([Buffer.from(mbox.replaceAll('\n', '\r\n'))]))).map(each => each.text.replaceAll('\r', '')),
    ).toEqual(whole)
  })

  it('reads one message from standard input, byte for byte, even where it quotes an mbox', async () => {
    const text = letter('one', '', '>From me', '', 'From MAILER-DAEMON Mon Feb  9 10:00:00 2026', 'x')
    expect(await read(['-'], Readable.from([Buffer.from(text)]))).toEqual([{ source: 'standard input', text }])
  })

  it('reads a folder of .eml files and single files, also compressed, and finds the reports in them', async () => {
    const files = Object.fromEntries(serverReports.slice(0, 3).map(({ bytes }, index) => [`${index}.eml`, bytes]))
    const folder = await createTempFolder({ ...files, 'notes.txt': 'no', 'other/a.EML.gz': gzipSync(serverReports[0]?.bytes ?? '') })
    const messages = await collect(readBounces([folder, path.join(folder, 'other')], nobody()))
    expect(messages.map(each => path.basename(each.source))).toEqual(['0.eml', '1.eml', '2.eml', 'a.EML.gz'])
    const parsed = await Promise.all(messages.map(each => parseBounce(each.bytes)))
    expect(parsed.map(each => each.kind === 'bounce' && each.recipients[0].status)).toEqual(['5.1.1', '5.4.4', '5.1.10', '5.1.1'])
  })

  it.each([
    ['nowhere', 'there is no'],
    ['full', 'neither a maildir nor a folder of .eml files'],
    ['broken.gz', 'cannot be read'],
  ])('says of %s what is wrong with it', async (name, message) => {
    const folder = await createTempFolder({ 'full/notes.txt': 'no', 'broken.gz': 'no gzip' })
    await expect(read([path.join(folder, name)])).rejects.toMatchObject({
      code: 'file-unreadable',
      message: expect.stringContaining(message),
    })
  })

  it('finds nothing in an empty folder, an empty maildir and an empty file', async () => {
    const folder = await createTempFolder({ 'maildir/cur/.keep': '', 'maildir/new/.keep': '', empty: '' })
    expect(await read([path.join(folder, 'maildir'), path.join(folder, 'empty')])).toEqual([])
  })

  it('keeps of a message of 200 MB, on one line, its first megabyte', async () => {
    async function* endless() {
      yield Buffer.from('From MAILER-DAEMON Mon Feb  9 10:00:00 2026\nSubject: a\n\n')
      const chunk = Buffer.alloc(64 * 1024, 'x')
      for (let index = 0; index < 3200; index++) yield chunk
      yield Buffer.from('\n\nFrom x Mon Feb  9 10:00:00 2026\nSubject: b\n')
    }
    const before = process.memoryUsage().rss
    const messages = await collect(readMessages(endless()))
    expect(messages.map(each => each.length)).toEqual([1024 * 1024, 11])
    expect((process.memoryUsage().rss - before) / 1e6).toBeLessThan(120)
  })
})
