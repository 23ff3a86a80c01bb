import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { load } from 'js-yaml'
import { describe, expect, it } from 'vitest'
import { shippedTemplates } from '../../src/config/shipped-templates.ts'
import { messageParameters, translate } from '../../src/locale/messages.ts'
import { languageChain } from '../../src/locale/parse-messages.ts'
import { readMessages } from '../../src/locale/read-messages.ts'
import { createTempFolder } from '../temp-folder.ts'

async function shipped(language: string) {
  return (await readMessages({ userDir: null, language, displayRoot: '/' })).messages
}

async function withOwn(files: Record<string, string>, language: string) {
  const userDir = await createTempFolder(Object.fromEntries(Object.entries(files).map(([name, text]) => [`messages/${name}`, text])))
  return readMessages({ userDir, language, displayRoot: userDir })
}

describe('the shipped messages', () => {
  it.each(['en', 'de', 'fa'])('hold every message in %s, and no others', async language => {
    const source = await readFile(join(shippedTemplates, 'messages', `${language}.yaml`), 'utf8')
    expect(Object.keys(load(source) as object).toSorted()).toEqual(Object.keys(messageParameters).toSorted())
    expect((await readMessages({ userDir: null, language, displayRoot: '/' })).problems).toEqual([])
  })
})

describe('translate()', () => {
  it('chooses the plural form of the language', async () => {
    const messages = await shipped('de')
    expect(translate(messages, 'subjectWithMore', { title: 'Salz', count: 1 })).toBe('Salz und 1 weiterer Beitrag')
    expect(translate(messages, 'subjectWithMore', { title: 'Salz', count: 3 })).toBe('Salz und 3 weitere Beiträge')
  })

  it('writes numbers in the digits of the language', async () => {
    expect(translate(await shipped('fa'), 'readingTime', { count: 12 })).toBe('۱۲ دقیقه مطالعه')
  })

  it('puts a value in once: braces inside it stay text', async () => {
    expect(translate(await shipped('en'), 'read', { title: '{title} {count} $&' })).toBe('Read: {title} {count} $&')
  })
})

describe('languageChain()', () => {
  it('goes from the region to the language to English', () => {
    expect(languageChain('fa-IR')).toEqual(['fa-IR', 'fa', 'en'])
    expect(languageChain('en-GB')).toEqual(['en-GB', 'en'])
  })

  it('makes no file name of what is no language tag', () => {
    expect(languageChain('../../etc/passwd')).toEqual(['en'])
  })
})

describe('readMessages()', () => {
  it('takes each key from the nearest file that has it', async () => {
    const { messages, problems } = await withOwn({ 'fa-IR.yaml': 'unsubscribe: بس است' }, 'fa-IR')
    expect(problems).toEqual([])
    expect(translate(messages, 'unsubscribe', {})).toBe('بس است')
    expect(translate(messages, 'preferences', {})).toBe('تنظیمات')
  })

  it('falls back to English for a language without a file', async () => {
    expect(translate(await shipped('fr'), 'unsubscribe', {})).toBe('Unsubscribe')
  })

  it('prefers an own English text to the shipped one, but a shipped translation to an own English text', async () => {
    const own = { 'en.yaml': 'sponsored: Paid for' }
    expect(translate((await withOwn(own, 'en')).messages, 'sponsored', {})).toBe('Paid for')
    expect(translate((await withOwn(own, 'de')).messages, 'sponsored', {})).toBe('Anzeige')
  })

  it('reports an unknown key with its line and the nearest name, and goes on', async () => {
    const { messages, problems } = await withOwn({ 'en.yaml': '# ours\nsponsored: Ad\nunsubscibe: Go away\n' }, 'en')
    expect(problems).toMatchObject([
      { code: 'messages-invalid', severity: 'warning', place: { file: 'messages/en.yaml', line: 3 }, hint: 'Write "unsubscribe".' },
    ])
    expect(translate(messages, 'sponsored', {})).toBe('Ad')
  })

  it('reports a parameter that a message does not have', async () => {
    const { messages, problems } = await withOwn({ 'en.yaml': 'read: "Read {titel}"' }, 'en')
    expect(problems).toMatchObject([{ got: '{titel}', expected: '{title}', place: { line: 1 } }])
    expect(translate(messages, 'read', { title: 'x' })).toBe('Read: x')
  })

  it('reports a value that is no text, and a file that is no YAML, with their places', async () => {
    const wrong = await withOwn({ 'en.yaml': 'updated: New\nread: [1, 2]\n' }, 'en')
    expect(wrong.problems).toMatchObject([{ place: { line: 2 }, got: '[1,2]' }])
    const broken = await withOwn({ 'en.yaml': 'read: "unclosed\n' }, 'en')
    expect(broken.problems).toMatchObject([{ code: 'messages-invalid', place: { file: 'messages/en.yaml' } }])
    expect(translate(broken.messages, 'updated', {})).toBe('Updated')
  })
})
