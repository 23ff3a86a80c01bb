import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type ProposalItem, proposePreheader, proposeSubject } from '../../src/edition/propose-subject.ts'
import { englishMessages } from './file-of.ts'

const messages = englishMessages()
const items = (...titles: readonly string[]): readonly ProposalItem[] => titles.map(title => ({ title, lead: null }))
const subject = (...titles: readonly string[]) => proposeSubject(items(...titles), messages)

describe('proposeSubject()', () => {
  test('is the opening story’s title, and says how many more there are where that is short', () => {
    expect(subject('How to read a tide table')).toBe('How to read a tide table')
    expect(subject('How to read a tide table', 'Lamps')).toBe('How to read a tide table, and 1 more story')
    expect(subject('How to read a tide table and trust it', 'Lamps', 'Ropes')).toBe('How to read a tide table and trust it')
  })

  test.each([
    ['How to read a tide table: everything that the harbour master never told you about it', 'How to read a tide table'],
    ['How to read a tide table — everything that the harbour master never told you about it', 'How to read a tide table'],
    ['Can you trust a tide table? What the harbour master never told you about it, in ten charts', 'Can you trust a tide table?'],
    ['Die Tide-Tabelle lesen – was der Hafenmeister nie erzählt hat, obwohl alle es wissen wollten', 'Die Tide-Tabelle lesen'],
  ])('cuts %j where it falls into parts', (title, expected) => {
    expect(subject(title)).toBe(expected)
  })

  test('keeps a long title whole when it falls into no parts, or into one that says nothing', () => {
    const whole = 'Everything that the harbour master never told you about the tide table and the moon'
    expect(subject(whole)).toBe(whole)
    const tiny = `Tides: ${whole}`
    expect(subject(tiny)).toBe(tiny)
  })

  test('does not cut at a colon inside a time or a hyphen inside a word', () => {
    const title = 'The 10:30 high-water call that every skipper of the northern harbours should know by heart'
    expect(subject(title)).toBe(title)
  })

  test('never holds a line break, an override or a filled placeholder', () => {
    expect(subject('Tides\r\nBcc: a@evil.example\u202E')).toBe('Tides Bcc: a@evil.example')
    expect(subject('{count} {title}', 'x')).toBe('{count} {title}, and 1 more story')
  })

  test('is empty without items', () => {
    expect(subject()).toBe('')
  })
})

describe('proposePreheader()', () => {
  test('names the other stories’ topics', () => {
    const titles = items('Tides', 'Lamps at low water: a history', 'Ropes and how to keep them dry')
    expect(proposePreheader(titles, 'Tides', messages)).toBe('Also: Lamps at low water · Ropes and how to keep them dry')
  })

  test('leaves out topics that do not fit into 130 characters, and takes later ones that do', () => {
    const long = 'Everything that the harbour master never told you about the tide table and about the moon, the wind and the sandbanks'
    const text = proposePreheader(items('Tides', 'Lamps at low water', long, 'Ropes and knots'), 'Tides', messages)
    expect(text).toBe('Also: Lamps at low water · Ropes and knots')
  })

  test('puts the lead before a short list, and stands on the lead alone where there is one story', () => {
    const lead = 'A tide table is a promise with small print.'
    expect(proposePreheader([{ title: 'Tides', lead }, ...items('Lamps')], 'Tides', messages)).toBe(`${lead} Also: Lamps`)
    expect(proposePreheader([{ title: 'Tides', lead }], 'Tides', messages)).toBe(lead)
  })

  test('shortens a long lead between words', () => {
    const lead =
      'A tide table is a promise with small print, and whoever reads it without the small print will one day sit on a sandbank and wait.'
    const text = proposePreheader([{ title: 'Tides', lead: `${lead} Truly.` }], 'Tides', messages)
    expect(text.length).toBeLessThanOrEqual(130)
    expect(text).toMatch(/ sandbank and…$|wait…$/)
  })

  test('is never longer than 130 characters, never the subject, and on one line', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', ' ', ':', ' – ', '\n', 'ß', '👩‍🚀', 'ک', '日本', 'word '), maxLength: 80 })
    fc.assert(
      fc.property(fc.array(fc.record({ title: text, lead: fc.option(text) }), { maxLength: 6 }), given => {
        const line = proposeSubject(given, messages)
        const preheader = proposePreheader(given, line, messages)
        expect(Array.from(preheader).length).toBeLessThanOrEqual(130)
        expect(preheader).not.toMatch(/[\r\n]/)
        if (preheader !== '') expect(preheader).not.toBe(line)
      }),
    )
  })
})
