import { chmod, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import type { EditionProposal } from '../../src/edition/render-edition-file.ts'
import { renderEditionFile } from '../../src/edition/render-edition-file.ts'
import { markSent, writeEditionFile } from '../../src/edition/write-edition-file.ts'
import { UserError } from '../../src/errors.ts'
import { editionOf } from '../output/edition-of.ts'
import { windowOf } from '../selection/post-of.ts'
import { createTempFolder } from '../temp-folder.ts'
import { parse } from './file-of.ts'

const proposal: EditionProposal = {
  window: windowOf('2026-w06'),
  subject: 'Say "tides": a guide # not a comment',
  preheader: 'Also: lamps · ropes',
  language: null,
  picks: [
    { slug: 'tides', title: 'Reading tides' },
    { slug: '2026', title: 'A year\nin: harbours' },
    { slug: 'true', title: '' },
  ],
}

const editorsFile = [
  '---',
  '# Mine: do not tidy up.',
  "subject: 'Hello'   # short!",
  '',
  'items:',
  '  # the opening story',
  '  - lamps # keep first',
  '  - slug: tides',
  '    lead: >-',
  '      My own',
  '      lead.',
  '# Ideas for next week',
  '---',
  '',
  'Dear reader,  ',
  '---',
  'it rained.',
].join('\n')

async function folderWith(text?: string) {
  const displayRoot = await createTempFolder(text === undefined ? {} : { 'editions/2026-w06.md': text })
  const folder = path.join(displayRoot, 'editions')
  return { where: { folder, displayRoot }, read: () => readFile(path.join(folder, '2026-w06.md'), 'utf8'), list: () => readdir(folder) }
}

describe('renderEditionFile()', () => {
  test('writes a file that reads back as the proposal, without a problem', async () => {
    const { file, problems } = await parse(renderEditionFile(proposal))
    expect(problems).toEqual([])
    expect(file).toMatchObject({
      status: 'draft',
      subject: proposal.subject,
      preheader: proposal.preheader,
      intro: null,
      sponsor: null,
      window: null,
    })
    expect(file?.items?.map(({ slug }) => slug)).toEqual(['tides', '2026', 'true'])
  })

  test('writes two subjects to try', async () => {
    const trial = { subjects: ['One: "tides"', 'Two # not a comment'], split: 0.07 } as const
    const text = renderEditionFile({ ...proposal, trial })
    expect(text).toContain('split: 7%')
    expect((await parse(text)).file).toMatchObject({ subject: null, ...trial })
  })

  test('says the hours of a span, which its id does not', async () => {
    const window = { ...windowOf('2026-w06'), id: '2026-02-02--2026-02-08', rhythm: null, from: '2026-02-02T16:00:00.000Z' }
    expect((await parse(renderEditionFile({ ...proposal, window }))).file?.window).toEqual({ from: window.from, to: window.to })
  })

  test('has nothing in its comments that would break them', () => {
    const picks = [{ slug: 'a', title: 'x\n---\nstatus: sent\u2028status: sent' }]
    expect(renderEditionFile({ ...proposal, picks }).match(/^(?:---|status:.*)$/gm)).toEqual(['---', 'status: draft', '---'])
  })
})

describe('writeEditionFile()', () => {
  test('makes the folder and the file', async () => {
    const { where, read, list } = await folderWith()
    const written = await writeEditionFile(where, proposal, false)
    expect(written).toEqual({ path: path.join(where.folder, '2026-w06.md'), changed: true })
    expect(await read()).toBe(renderEditionFile(proposal))
    expect(await list()).toEqual(['2026-w06.md'])
  })

  test('does not touch a file that is there already', async () => {
    const { where, read } = await folderWith(editorsFile)
    await expect(writeEditionFile(where, proposal, false)).rejects.toMatchObject({
      code: 'edition-file-exists',
      problems: [{ place: { file: 'editions/2026-w06.md' }, hint: expect.stringContaining('--force') }],
    })
    expect(await read()).toBe(editorsFile)
  })

  test('proposes anew with force, and keeps the editor’s introduction, overrides and comments', async () => {
    const { where, read } = await folderWith(editorsFile)
    await writeEditionFile(where, proposal, true)
    const text = await read()
    const { file, problems } = await parse(text)
    expect(problems).toEqual([])
    expect(file).toMatchObject({ subject: proposal.subject, preheader: proposal.preheader, intro: 'Dear reader,  \n---\nit rained.' })
    expect(file?.items).toMatchObject([{ slug: 'tides', lead: 'My own lead.' }, { slug: '2026' }, { slug: 'true' }])
    for (const comment of ['# Mine: do not tidy up.', '# short!', '# the opening story', '# Ideas for next week'])
      expect(text).toContain(comment)
  })

  test('keeps two subjects to try when it proposes anew', async () => {
    const { where, read } = await folderWith("---\nsubjects: ['One', Two] # mine\nsplit: 20%\nitems: [lamps]\n---\n")
    await writeEditionFile(where, proposal, true)
    const { file, problems } = await parse(await read())
    expect(problems).toEqual([])
    expect(file).toMatchObject({ subject: null, subjects: ['One', 'Two'], split: 0.2, preheader: proposal.preheader })
    expect(await read()).toContain('# mine')
  })

  test('proposes one subject where the editor has left the two to try empty', async () => {
    const { where, read } = await folderWith('---\nsubjects:\nitems: [lamps]\n---\n')
    await writeEditionFile(where, proposal, true)
    expect(await parse(await read())).toMatchObject({ file: { subject: proposal.subject, subjects: null }, problems: [] })
  })

  test('never proposes anew for an edition that was sent, even with force', async () => {
    const sent = '---\nstatus: sent\nitems: [lamps]\n---\n'
    const { where, read } = await folderWith(sent)
    await expect(writeEditionFile(where, proposal, true)).rejects.toThrow('this edition is sent')
    expect(await read()).toBe(sent)
  })

  test('refuses an id that leads out of the folder', async () => {
    const { where } = await folderWith()
    await expect(writeEditionFile(where, { ...proposal, window: { ...proposal.window, id: '../x' } }, false)).rejects.toThrow(UserError)
  })

  test('says that a folder cannot be written, and leaves nothing half done', async () => {
    const root = await createTempFolder({ editions: 'a file, not a folder' })
    const where = { folder: path.join(root, 'editions'), displayRoot: root }
    await expect(writeEditionFile(where, proposal, false)).rejects.toMatchObject({ code: 'output-unwritable' })
    expect(await readFile(path.join(root, 'editions'), 'utf8')).toBe('a file, not a folder')
  })
})

describe('markSent()', () => {
  const sentAt = '2026-02-09T08:00:00.000Z'
  const base = editionOf()
  const [item] = base.items
  const items = item === undefined ? [] : ['lamps', 'tides'].map(slug => ({ ...item, post: { ...item.post, slug } }))
  const updatedAt = { instant: '2026-02-04T12:00:00.000Z', day: '2026-02-04', precision: 'instant' } as const
  const edition = editionOf({
    items: items.map((each, index) =>
      index === 0 ? each : { ...each, post: { ...each.post, updatedAt, canonical: 'https://elsewhere.example/t' } },
    ),
    dropped: ['ropes'],
  })

  test('writes the record into the editor’s file and keeps words, comments and order, and the body to the byte', async () => {
    const { where, read, list } = await folderWith(editorsFile)
    await markSent(where, { edition, sentAt })
    expect(await read()).toBe(
      [
        '---',
        'status: sent',
        `sentAt: ${sentAt}`,
        'window:',
        `  from: ${edition.window.from}`,
        `  to: ${edition.window.to}`,
        '# Mine: do not tidy up.',
        "subject: 'Hello' # short!",
        '',
        'items:',
        '  # the opening story',
        '  - lamps # keep first',
        '  - slug: tides',
        '    lead: >-',
        '      My own lead.',
        '    canonical: https://elsewhere.example/t',
        '    updatedAt: 2026-02-04T12:00:00.000Z',
        'dropped:',
        '  - ropes',
        '',
        '# Ideas for next week',
        '---',
        '',
        'Dear reader,  ',
        '---',
        'it rained.',
      ].join('\n'),
    )
    expect(await list()).toEqual(['2026-w06.md'])
  })

  test('keeps CRLF line ends and lists that are not indented', async () => {
    const text = '---\r\nstatus: draft\r\nitems:\r\n- lamps\r\n- tides\r\n---\r\nHi\r\n'
    const { where, read } = await folderWith(text)
    await markSent(where, { edition, sentAt })
    const marked = await read()
    expect(marked.replaceAll('\r\n', '')).not.toContain('\n')
    expect(marked).toContain('\r\nitems:\r\n- lamps\r\n- slug: tides\r\n  canonical:')
    expect(marked.endsWith('---\r\nHi\r\n')).toBe(true)
  })

  test('makes a file where there was none, and puts front matter over an introduction that has none', async () => {
    for (const text of [undefined, 'Dear reader,\n']) {
      const { where, read } = await folderWith(text)
      await markSent(where, { edition, sentAt })
      const { file, problems } = await parse(await read())
      expect(problems).toEqual([])
      expect(file).toMatchObject({
        status: 'sent',
        sentAt,
        window: { from: edition.window.from, to: edition.window.to },
        dropped: ['ropes'],
      })
      expect(file?.intro).toBe(text?.trim() ?? null)
      expect(file?.items).toMatchObject([
        { slug: 'lamps', canonical: null, updatedAt: null },
        { slug: 'tides', canonical: 'https://elsewhere.example/t', updatedAt: updatedAt.instant },
      ])
    }
  })

  test('records two subjects that were tried where there was no file', async () => {
    const { where, read } = await folderWith()
    await markSent(where, { edition: { ...edition, subjects: ['One', 'Two'], split: 0.2 }, sentAt })
    expect((await parse(await read())).file).toMatchObject({ status: 'sent', subject: null, subjects: ['One', 'Two'], split: 0.2 })
  })

  test('records what ran, not what stood in the file', async () => {
    const { where, read } = await folderWith('---\nitems: [gone, tides]\n---\n')
    await markSent(where, { edition, sentAt })
    expect((await parse(await read())).file?.items?.map(({ slug }) => slug)).toEqual(['lamps', 'tides'])
  })

  test('changes nothing the second time', async () => {
    const { where, read } = await folderWith(editorsFile)
    await markSent(where, { edition, sentAt })
    const first = await read()
    expect(await markSent(where, { edition, sentAt: '2026-03-01T00:00:00.000Z' })).toMatchObject({ changed: false })
    expect(await read()).toBe(first)
  })

  test('keeps the file’s permissions', async () => {
    const { where } = await folderWith(editorsFile)
    const file = path.join(where.folder, '2026-w06.md')
    await chmod(file, 0o640)
    await markSent(where, { edition, sentAt })
    expect((await stat(file)).mode & 0o777).toBe(0o640)
  })

  test('refuses to write into front matter that it cannot read', async () => {
    const broken = '---\nsubject: "open\n---\nHi\n'
    const { where, read } = await folderWith(broken)
    await writeFile(path.join(where.folder, '2026-w06.md'), broken)
    await expect(markSent(where, { edition, sentAt })).rejects.toMatchObject({ code: 'edition-file-invalid' })
    expect(await read()).toBe(broken)
  })
})
