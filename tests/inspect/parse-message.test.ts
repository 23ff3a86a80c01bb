import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeWords, parseMessage } from '../../src/inspect/parse-message.ts'

const message = (...lines: string[]) => parseMessage(Buffer.from(lines.join('\r\n'), 'latin1'))

describe('parseMessage()', () => {
  it('unfolds headers and takes the parts apart, with the lines they stand on', () => {
    const { headers, boundary, parts } = message(
      'Message-ID:',
      ' <a@harbour.example>',
      'Subject: Tides',
      '\tand lamps',
      'Content-Type: multipart/alternative; boundary="=_b"',
      '',
      '--=_b',
      'Content-Type: text/plain; charset=utf-8',
      'Content-Transfer-Encoding: quoted-printable',
      '',
      'K=C3=A4se =',
      'und Brot',
      '--=_b--',
      '',
    )
    expect(headers.map(({ name, value, line }) => [name, value, line])).toEqual([
      ['message-id', '<a@harbour.example>', 1],
      ['subject', 'Tides and lamps', 3],
      ['content-type', 'multipart/alternative; boundary="=_b"', 5],
    ])
    expect(boundary).toBe('=_b')
    expect(parts.map(part => [part.type, part.charset, part.encoding, part.line, part.bytes?.toString()])).toEqual([
      ['text/plain', 'utf-8', 'quoted-printable', 11, 'Käse und Brot'],
    ])
  })

  it('takes any bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), bytes => void parseMessage(bytes)))
  })
})

describe('decodeWords()', () => {
  it.each([
    ['Tides', 'Tides'],
    ['=?utf-8?Q?K=C3=A4se_und?= =?UTF-8?B?IEJyb3Q=?= today', 'Käse und Brot today'],
    ['a =?utf-8?q?b?= c', 'a b c'],
    ['=?iso-8859-1?Q?K=E4se?=', null],
    ['=?utf-8?Q?K=E4se?=', null],
    ['=?utf-8?B?***?=', null],
    ['=?utf-8?Q?K=ZZse?=', null],
  ])('reads %s', (value, text) => expect(decodeWords(value)).toBe(text))
})
