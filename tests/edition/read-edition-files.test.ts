import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { readEditionFiles } from '../../src/edition/read-edition-files.ts'
import { createTempFolder } from '../temp-folder.ts'

async function read(files: Readonly<Record<string, string | Uint8Array>>) {
  const root = await createTempFolder(files)
  return readEditionFiles({ folder: path.join(root, 'editions'), displayRoot: root, siteUrl: 'https://harbour.example', timeZone: 'UTC' })
}

describe('readEditionFiles()', () => {
  test('finds none where there is no folder', async () => {
    expect(await read({})).toEqual({ files: [], problems: [] })
  })

  test('reads every edition, and names files as the user would', async () => {
    const { files, problems } = await read({
      'editions/2026-w06.md': '---\nsubject: Six\n---\n',
      'editions/2026-02-01--2026-02-28.md': 'Intro',
      'editions/README.md': '# How we do it',
      'editions/_notes.md': 'later',
      'editions/pictures/a.md': 'not an edition',
      'editions/lamp.png': 'x',
    })
    expect(problems).toEqual([])
    expect(files.map(({ file, id }) => [file, id])).toEqual([
      ['editions/2026-02-01--2026-02-28.md', '2026-02-01--2026-02-28'],
      ['editions/2026-w06.md', '2026-w06'],
    ])
  })

  test('reports the problems of all files and still reads the others', async () => {
    const { files, problems } = await read({
      'editions/2026-w05.md': '---\nsubject: "a\\r\\nb"\n---\n',
      'editions/2026-w06.md': 'Intro',
      'editions/2026-W07.md': 'Intro',
      'editions/news.md': 'Intro',
      'editions/2026-w08.md': Buffer.concat([Buffer.from('Intro\nwr'), Buffer.from([0xe4]), Buffer.from('ck')]),
      'editions/2026-w09.md': 'x'.repeat(1_000_001),
    })
    expect(files.map(({ id }) => id)).toEqual(['2026-w06'])
    expect(problems.map(({ code, place }) => [code, place?.file])).toEqual([
      ['edition-id-invalid', 'editions/2026-W07.md'],
      ['edition-file-invalid', 'editions/2026-w05.md'],
      ['file-not-utf8', 'editions/2026-w08.md'],
      ['file-too-large', 'editions/2026-w09.md'],
      ['edition-id-invalid', 'editions/news.md'],
    ])
    expect(problems[2]).toMatchObject({
      message: 'the file is not UTF-8: byte 0xe4 at offset 8',
      place: { line: 2, column: 3 },
      got: '0xe4, which is ä in Latin-1',
    })
  })

  test('says so where a file stands in the folder’s place', async () => {
    expect((await read({ editions: 'x' })).problems).toMatchObject([{ code: 'file-unreadable', place: { file: 'editions' } }])
  })
})
