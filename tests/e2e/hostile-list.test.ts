import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { postOf, settingsWith } from '../delivery/publication.ts'
import { createTempFolder } from '../temp-folder.ts'
import { runCommand } from './run-command.ts'
import { type Arrival, type Journey, makeJourney } from './send-journey.ts'

const lead = 'The lamps are lit an hour before low water, and nobody has ever asked who pays for the oil.'
const longWord = 'x'.repeat(1500)
const family = '👨‍👩‍👧‍👦'
const persian = 'می‌خواهم'

const posts = [
  { title: 'Oil for {{unsubscribeUrl}}, {{#each and {{{secret}}}', description: lead },
  { title: 'Ropes <img src=x onerror=1> and "><script>alert(1)</script>', description: lead.replace('lamps', 'ropes') },
  { title: `Boats ${family} ${persian} \u202Edesrever`, description: lead.replace('lamps', 'boats') },
  {
    title: `Gulls ${longWord}`,
    canonical: `https://harbour.example/blog/${'u'.repeat(1500)}`,
    description: lead.replace('lamps', 'gulls'),
  },
]
const editionFile = `---
subject: 'Tides {{secret}} =?utf-8?Q?=0D=0A?= <b>'
---

.

..

... and a line with a bare\rin it.

[Far away](https://harbour.example/${'u'.repeat(1500)})
`

/** Address to name, as quoted cells of a CSV file. */
const people: Readonly<Record<string, string>> = {
  'crlf@gull.example': 'A\r\nBcc: e@x.test',
  'braces@gull.example': '{{secret}} {{{name}}} {{#each',
  'tags@gull.example': '<img src=x onerror=1>"><script>alert(1)</script>',
  'words@gull.example': '=?utf-8?Q?=0D=0A?=',
  'controls@gull.example': `${family} \u202E${persian}\u0000 Zoë\u200D`,
  'long@gull.example': longWord,
  'proto@gull.example': '__proto__',
  'constructor@gull.example': 'constructor',
  'string@gull.example': 'toString',
  'plain@gull.example': 'Ada',
}
const cell = (text: string) => `"${text.replaceAll('"', '""')}"`
const strangers = [
  'a@x.test, b@evil.test',
  'a@x.test\r\nRCPT TO:<e@x.test>',
  'a@x.test> <b@evil.test',
  '"a@evil"@x.test',
  'soft@gu\u00ADll.example',
]
const csv = [
  'email,name',
  ...Object.entries(people).map(row => row.map(cell).join(',')),
  ...strangers.map(address => `${cell(address)},Mallory`),
  'homograph@g\u0430ll.example,Homograph',
  'jürgen@bücher.example,Jürgen',
  'juergen@bücher.example,Juergen',
  ' PLAIN@Gull.Example ,',
  'plain@gull.example,Ada Again',
].join('\r\n')

let journey: Journey
beforeAll(async () => {
  journey = await makeJourney({ posts, editionFile, csv })
}, 120_000)
afterAll(() => journey.remove())

function arrivalOf(address: string): Arrival {
  const arrival = journey.arrivals.find(({ taken }) => taken.to.join() === address)
  if (arrival === undefined) throw new Error(`nothing arrived for ${address}`)
  return arrival
}

const text = (address: string) => arrivalOf(address).parsed.text ?? ''
const html = (address: string) => arrivalOf(address).parsed.html ?? ''
const notes = () => JSON.parse(journey.imported.stdout).import.notes as { row: number; line: number; address: string; outcome: string }[]

describe('hostile lists and posts over the wire', () => {
  it('breaks no rule in any message, and every signature verifies by mailauth', async () => {
    expect(journey.sent.stderr).not.toContain('bug')
    expect(journey.arrivals).toHaveLength(11)
    expect(await journey.faults()).toEqual([])
  })

  it('row 1: a name with a line break makes one RCPT and no header', () => {
    const { taken, head, parsed } = arrivalOf('crlf@gull.example')
    expect(taken.to).toEqual(['crlf@gull.example'])
    expect(head).not.toMatch(/^bcc:/im)
    expect(parsed.to).toEqual([{ name: 'A Bcc: e@x.test', address: 'crlf@gull.example' }])
    expect(journey.rcpts).not.toContain('e@x.test')
  })

  it('row 2: a subject with CR LF and a blank line is refused when the edition is read, with its line', async () => {
    const file = '---\nstatus: draft\nsubject: "Tides\\r\\n\\r\\nBcc: e@x.test"\n---\n'
    const cwd = await createTempFolder({
      'news-digest.yaml': settingsWith(),
      'content/lamps.md': postOf('Lamps', lead),
      'content/editions/2026-w06.md': file,
    })
    const { status, stderr } = await runCommand(['build', '2026-w06'], { cwd })
    expect(status).toBe(2)
    expect(stderr).toMatch(/at +content\/editions\/2026-w06\.md:3\b/)
  })

  it('row 3: addresses that hold others are refused at import with the row and the line', () => {
    const refused = notes().filter(({ outcome }) => outcome === 'refused')
    expect(refused.map(({ row, address }) => [row, address]).slice(1, 4)).toEqual([
      [11, 'a@x.test, b@evil.test'],
      [12, 'a@x.test RCPT TO:<e@x.test>'],
      [13, 'a@x.test> <b@evil.test'],
    ])
    expect(refused.every(({ row, line }) => line > row)).toBe(true)
    for (const evil of ['a@x.test', 'b@evil.test', 'e@x.test']) expect(journey.rcpts).not.toContain(evil)
  })

  it('row 4: a quoted @ and a soft hyphen are refused, and a homograph is its own domain, in one form in ledger and envelope', () => {
    const refused = notes().filter(({ outcome }) => outcome === 'refused')
    expect(refused.map(({ address }) => address).slice(4)).toEqual(['"a@evil"@x.test', 'soft@gu\u00ADll.example'])
    const homograph = 'homograph@xn--gll-6cd.example'
    expect(journey.subscribers.map(({ address }) => address)).toContain(homograph)
    expect(arrivalOf(homograph).taken.to).toEqual([homograph])
    expect(journey.rcpts.filter(address => address.endsWith('gull.example') && address.startsWith('homograph'))).toEqual([])
  })

  it('row 5: a domain goes out in punycode; a local part beyond ASCII is unsupported without SMTPUTF8, and not sent', () => {
    expect(arrivalOf('juergen@xn--bcher-kva.example').taken.to).toEqual(['juergen@xn--bcher-kva.example'])
    expect(journey.rcpts.some(address => address.includes('jürgen'))).toBe(false)
    expect(journey.sent.status).toBe(0)
    expect(journey.sent.stdout).toContain('recipients 12 = accepted 11 + rejected 1\n')
  })

  it('row 5: with SMTPUTF8 it is sent, and breaks no rule either', async () => {
    const other = await makeJourney({
      posts: [{ title: 'Lamps', description: lead }],
      csv: 'email,name\njürgen@bücher.example,Jürgen\n',
      smtputf8: true,
    })
    expect(other.rcpts).toEqual(['jürgen@xn--bcher-kva.example'])
    expect(await other.faults()).toEqual([])
    await other.remove()
  })

  it('row 6: what looks like a template in a name, a title and a subject is literal text', () => {
    const { parsed } = arrivalOf('braces@gull.example')
    expect(parsed.subject).toBe('Tides {{secret}} =?utf-8?Q?=0D=0A?= <b>')
    expect(parsed.to?.[0]?.name).toBe('{{secret}} {{{name}}} {{#each')
    for (const body of [parsed.text, parsed.html]) {
      expect(body).toContain('Oil for {{unsubscribeUrl}}, {{#each and {{{secret}}}')
    }
  })

  it('row 7: markup in a name or a title is escaped in HTML, and raw in the text part', () => {
    const address = 'tags@gull.example'
    expect(html(address)).not.toMatch(/<script|<img[^>]*onerror/i)
    expect(text(address)).toContain('Ropes <img src=x onerror=1> and "><script>alert(1)</script>')
    expect(arrivalOf(address).parsed.to?.[0]?.name).toBe(people[address])
  })

  it('row 8: a name that looks like an encoded word stays those characters', () => {
    const { parsed } = arrivalOf('words@gull.example')
    expect(parsed.to).toEqual([{ name: '=?utf-8?Q?=0D=0A?=', address: 'words@gull.example' }])
  })

  it('row 9: controls and overrides are gone; joiners inside of emoji and of Persian are there', () => {
    const address = 'controls@gull.example'
    const name = arrivalOf(address).parsed.to?.[0]?.name ?? ''
    expect(name).toContain(family)
    expect(name).toContain(persian)
    for (const shown of [name, text(address), html(address), arrivalOf(address).parsed.subject ?? '']) {
      expect(shown).not.toContain('\0')
      expect(shown).not.toMatch(/[\u202A-\u202E\u2066-\u2069]/u)
    }
    expect(text(address)).toContain(`Boats ${family} ${persian}`)
  })

  it('row 10: a word of 1,500 characters in a title or a URL makes no line over 998 octets, and in a name it is refused at import', () => {
    for (const { taken } of journey.arrivals)
      expect(
        Math.max(
          ...taken.bytes
            .toString('latin1')
            .split('\r\n')
            .map(line => line.length),
        ),
      ).toBeLessThanOrEqual(998)
    expect(notes()).toContainEqual(expect.objectContaining({ row: 6, address: 'long@gull.example', outcome: 'refused' }))
    expect(text('plain@gull.example')).toContain(`Gulls ${longWord}`)
    expect(text('plain@gull.example')).toContain('u'.repeat(1500))
  })

  it('row 10: and so does one in a subject', async () => {
    const file = `---\nsubject: 'Tides ${longWord}'\n---\n`
    const other = await makeJourney({ posts: [{ title: 'Lamps', description: lead }], editionFile: file, csv: 'email\na@gull.example\n' })
    expect(other.arrivals[0]?.parsed.subject).toContain('x'.repeat(1000))
    // Rule 14 is about the length of a subject.
    expect(await other.faults([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13])).toEqual([])
    await other.remove()
  })

  it.each(['proto', 'constructor', 'string'])('row 11: the name of %s@gull.example is plain data', who => {
    const address = `${who}@gull.example`
    expect(arrivalOf(address).parsed.to).toEqual([{ name: people[address], address }])
  })

  it('row 12: lines of dots and a bare CR arrive, and the signature still verifies', () => {
    for (const { parsed, taken } of journey.arrivals) {
      expect(taken.bytes.toString('latin1')).not.toMatch(/\r(?!\n)|(?<!\r)\n/)
      expect(parsed.text).toMatch(/^\.$[\s\S]*^\.\.$[\s\S]*^(?:\.\.\.|…) and a line with a bare\s+in it\.$/m)
    }
  })

  it('row 21: the same address in other case and with blanks is one subscriber, and the report says which rows were merged', () => {
    expect(journey.subscribers.filter(({ address }) => address === 'plain@gull.example')).toHaveLength(1)
    expect(journey.rcpts.filter(address => address.toLowerCase() === 'plain@gull.example')).toHaveLength(1)
    expect(notes().filter(({ outcome }) => outcome === 'merged')).toMatchObject([{ row: 19 }, { row: 20 }])
  })
})

describe('row 22: files of subscribers as programs write them', () => {
  const post = [{ title: 'Lamps', description: lead }]

  it.each<[string, string | Uint8Array]>([
    ['a BOM and semicolons', '\uFEFFemail;name\r\nzoe@gull.example;Zoë\r\n'],
    ['a quoted line break', 'email,name\nzoe@gull.example,"Zoë\n"\n'],
    ['Latin-1', Buffer.from('email;name\r\nzoe@gull.example;Zoë\r\n', 'latin1')],
  ])('%s: read, and the name arrives as it was meant', async (_title, file) => {
    const other = await makeJourney({ posts: post, csv: file })
    expect(other.arrivals.map(({ parsed }) => parsed.to)).toEqual([[{ name: 'Zoë', address: 'zoe@gull.example' }]])
    expect(await other.faults()).toEqual([])
    await other.remove()
  })

  it('a missing header: refused with the reason, nothing of it is imported, and nobody is sent to', async () => {
    const other = await makeJourney({ posts: post, csv: 'Zoe,Berlin\nAda,Hamburg\n' })
    expect(other.imported.status).toBe(2)
    expect(JSON.parse(other.imported.stdout).error.code).toBe('import-refused')
    expect([other.subscribers, other.rcpts, other.sent.status]).toEqual([[], [], 3])
    await other.remove()
  })
})
