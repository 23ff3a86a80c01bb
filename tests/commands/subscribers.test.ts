import { readFile, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import type { CommandContext, CommandResult } from '../../src/commands/command.ts'
import { createProgram } from '../../src/commands/program.ts'
import { openLedger } from '../../src/ledger/open-ledger.ts'
import { writeLeaveReason } from '../../src/subscribers/write-leave-reason.ts'
import { createTempFolder } from '../temp-folder.ts'
import { contextOf } from './context-of.ts'

const readers = 'Email Address,First Name,TAGS,City\nAda@reader.example,Ada,"berlin, press",Köln\nbo@reader.example,Bo,berlin,\n'

/** Runs a command line as cli.ts does, up to its result. */
async function run(context: CommandContext, ...argv: readonly string[]): Promise<CommandResult> {
  const results: CommandResult[] = []
  const program = createProgram('1.0.0', async (load, argument, flags) => {
    const runCommand = await load()
    results.push(await runCommand(argument, flags, context))
  })
  await program.parseAsync(['subscribers', ...argv], { from: 'user' })
  const [result] = results
  if (result === undefined) throw new Error('no command was run')
  return result
}

async function newContext(files: Readonly<Record<string, string>> = {}): Promise<CommandContext> {
  return { ...contextOf(await createTempFolder({ 'readers.csv': readers, ...files })), columns: 80 }
}

const importing = ['import', 'readers.csv', '--consent', 'signed up at the fair']

describe('news-digest subscribers', () => {
  it('needs no site, no content and no configuration', async () => {
    const context = await newContext()
    const { exitCode, text, json } = await run(context, ...importing)
    expect(exitCode).toBe(0)
    expect(text).toContain('2  new')
    expect(text).toContain('City → attribute.city')
    expect(json).toMatchObject({ import: { kind: 'imported', rows: 2, outcomes: { new: 2 }, encoding: 'utf-8', delimiter: ',' } })
    expect((await stat(path.join(context.cwd, 'data/news-digest.db'))).size).toBeGreaterThan(0)
  })

  it('makes no ledger where it was only asked for one', async () => {
    const context = await newContext()
    await expect(run(context, 'list')).rejects.toMatchObject({
      code: 'ledger-unavailable',
      message: expect.stringContaining('no ledger yet'),
    })
    await expect(stat(path.join(context.cwd, 'data'))).rejects.toMatchObject({ code: 'ENOENT' })
  })

  it('keeps to 80 columns', async () => {
    const context = await newContext({
      'long.csv': `email,name,language,tags\n${'a'.repeat(50)}@a-long-domain-of-somebody.example,${'Wolfeschlegelsteinhausen '.repeat(4)},pt-BR,"${'tag, '.repeat(9)}x"\n`,
    })
    await run(context, ...importing)
    await run(context, 'import', 'long.csv', '--consent', 'x')
    for (const argv of [['list'], ['stats'], ['import', 'long.csv', '--dry-run', '--consent', 'y']]) {
      const { text } = await run(context, ...argv)
      expect(
        text.split('\n').filter(line => line.length > 80 && !line.includes('✗')),
        argv.join(' '),
      ).toEqual([])
    }
  })

  it('asks how people agreed, and shows in a dry run all the rest', async () => {
    const context = await newContext()
    await expect(run(context, 'import', 'readers.csv')).rejects.toMatchObject({
      code: 'import-refused',
      message: expect.stringContaining('agreed'),
    })
    const dry = await run(context, 'import', 'readers.csv', '--dry-run')
    expect(dry).toMatchObject({ exitCode: 1, json: { import: { outcomes: { new: 2, refused: 0 } } } })
    expect(dry.text).toContain('The import needs --consent')
  })

  it('names the refused rows with their lines, imports nothing, and writes all of them into a report', async () => {
    const context = await newContext({ 'bad.csv': 'email\nada@reader.example\nnobody\nADA@reader.example\n' })
    const failing = run(context, 'import', 'bad.csv', '--consent', 'x', '--report', 'report.csv')
    await expect(failing).rejects.toMatchObject({
      code: 'import-refused',
      problems: [
        { message: '1 of 3 rows is refused, so nothing was imported' },
        { message: 'row 2 is refused: it has no @', place: { file: 'bad.csv', line: 3 }, got: 'nobody' },
      ],
    })
    expect(await readFile(path.join(context.cwd, 'report.csv'), 'utf8')).toBe(
      'row,line,address,outcome,detail\r\n2,3,nobody,refused,it has no @\r\n3,4,ada@reader.example,merged,row 1\r\n',
    )
    expect((await run(context, 'list')).json).toMatchObject({ total: 0 })
  })

  it('lists a segment of the configuration by its name, and explains a mistake in it', async () => {
    const context = await newContext({ 'news-digest.yaml': 'segments:\n  press-berlin: tag = berlin and tag = press\n' })
    await run(context, ...importing)
    expect((await run(context, 'list', '--where', 'press-berlin')).json).toMatchObject({
      total: 1,
      subscribers: [{ email: 'ada@reader.example', tags: ['berlin', 'press'], attributes: { city: 'Köln' } }],
    })
    await expect(run(context, 'list', '--where', 'press-berlni')).rejects.toMatchObject({ code: 'segment-invalid' })
  })

  it('exports to a file that only its owner may read, by the form of its name', async () => {
    const context = await newContext()
    await run(context, ...importing)
    const { text } = await run(context, 'export', '--out', 'all.jsonl', '--where', 'tag = press')
    expect(text).toBe('Wrote 1 subscriber to all.jsonl\n')
    expect((await run(context, 'export', '--out', 'all.jsonl', '--where', 'tag = press')).text).toContain('in place of what it held')
    const file = path.join(context.cwd, 'all.jsonl')
    expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ email: 'ada@reader.example', consent: 'signed up at the fair' })
    expect((await stat(file)).mode & 0o077).toBe(0)
    await expect(run(context, 'export', '--out', 'nowhere/all.csv')).rejects.toMatchObject({ code: 'output-unwritable' })
    await expect(run(context, 'export', '--json')).rejects.toMatchObject({ code: 'usage' })
  })

  it('adds, removes, shows and puts back on their word', async () => {
    const context = await newContext()
    const added = await run(context, 'add', 'Cy@reader.example', '--name', 'Cy', '--tag', 'a', 'b', '--attribute', 'Home Town=Ulm')
    expect(added.text).toContain('cy@reader.example is on the list')
    expect(added.notes).toContain('--consent')
    expect((await run(context, 'add', 'cy@reader.example', '--consent', 'wrote to us')).json).toMatchObject({
      subscriber: { kind: 'updated' },
    })
    expect((await run(context, 'add', 'cy@reader.example', '--consent', 'again')).json).toMatchObject({ subscriber: { kind: 'unchanged' } })
    expect((await run(context, 'add', 'eve@reader.example', '--consent', 'wrote')).notes).toBe('')
    await run(context, 'remove', 'cy@reader.example', '--why', 'asked on the phone')
    const { text } = await run(context, 'show', 'CY@reader.example')
    expect(text).toMatch(/cy@reader\.example {2}unsubscribed/)
    expect(text).toMatch(/attribute\.home-town {2}Ulm/)
    expect(text).toMatch(/unsubscribed {2}asked on the phone \(command line\)/)
    await expect(run(context, 'add', 'cy@reader.example')).rejects.toMatchObject({ code: 'subscriber-suppressed' })
    expect((await run(context, 'add', 'cy@reader.example', '--consent', 'wrote')).text).toContain('is back on the list')
    await expect(run(context, 'show', 'nobody@reader.example')).rejects.toMatchObject({ code: 'subscriber-unknown' })
  })

  it('tells why people left, one and all', async () => {
    const context = await newContext()
    await run(context, ...importing)
    const before = await run(context, 'stats')
    expect([before.text.includes('Reasons'), before.json]).toEqual([false, expect.objectContaining({ reasons: [] })])
    await run(context, 'remove', 'bo@reader.example', '--why', 'asked')
    const ledger = await openLedger({
      file: path.join(context.cwd, 'data/news-digest.db'),
      databaseUrl: undefined,
      displayRoot: context.cwd,
    })
    const at = context.now.getTime()
    await writeLeaveReason(ledger, { subscriberId: 2, reason: 'too-many', note: 'Twice\na \u001bday', at, leftSince: at })
    await ledger.close()
    const stats = await run(context, 'stats')
    expect(stats.text).toMatch(/Reasons for leaving, of twelve months\n {2}too-many +1 {2}100\.0 %\n/)
    expect(stats.json).toMatchObject({ reasons: [{ value: 'too-many', count: 1 }] })
    const shown = await run(context, 'show', 'bo@reader.example')
    expect(shown.text).toMatch(/Reasons for leaving\n.*too-many +Twice a day\n/)
    expect(shown.json).toMatchObject({ leave_reasons: [{ at: '2026-02-09T09:00:00.000Z', reason: 'too-many' }] })
  })

  it('tags by address, by segment and by file, one of them at a time', async () => {
    const context = await newContext({ 'some.csv': 'mail\nBO@reader.example\nnobody@reader.example\nbroken\n' })
    await run(context, ...importing)
    expect((await run(context, 'tag', 'vip', 'ada@reader.example')).json).toMatchObject({ tag: { found: 1, changed: 1 } })
    expect((await run(context, 'tag', 'VIP', '--where', 'tag = berlin')).json).toMatchObject({ tag: { found: 2, changed: 1 } })
    const byFile = await run(context, 'untag', 'vip', '--file', 'some.csv')
    expect(byFile).toMatchObject({ exitCode: 1, json: { untag: { found: 1, changed: 1, unknown: ['nobody@reader.example', 'broken'] } } })
    expect(byFile.notes).toContain('not on the list: nobody@reader.example, broken')
    await expect(run(context, 'tag', 'vip')).rejects.toMatchObject({ code: 'usage' })
    await expect(run(context, 'tag', 'vip', 'ada@reader.example', '--where', 'tag = a')).rejects.toMatchObject({ code: 'usage' })
    await expect(run(context, 'tag', 'vip', 'nobody@reader.example')).rejects.toMatchObject({ code: 'subscriber-unknown' })
  })

  it('forgets only who it was told to forget for sure', async () => {
    const context = await newContext()
    await run(context, ...importing)
    await expect(run(context, 'forget', 'ada@reader.example')).rejects.toMatchObject({ code: 'confirmation-missing' })
    const { text } = await run(context, 'forget', 'Ada@reader.example', '--yes')
    expect(text).toContain('ada@reader.example is erased from digest')
    expect((await run(context, 'forget', 'adda@reader.example', '--yes')).text).toMatch(/^! .*nothing was erased/)
    expect((await run(context, ...importing)).json).toMatchObject({ import: { outcomes: { forgotten: 1, unchanged: 1 } } })
    // Many enough that rows were moved from page to page.
    const many = Array.from({ length: 300 }, (_, index) => `reader${index}@crowd.example`)
    await writeFile(path.join(context.cwd, 'many.csv'), `email\n${many.join('\n')}\n`)
    await run(context, 'import', 'many.csv', '--consent', 'fair')
    await run(context, 'forget', 'reader150@crowd.example', '--yes')
    const file = await readFile(path.join(context.cwd, 'data/news-digest.db'), 'latin1')
    expect(file).not.toContain('reader150@')
    expect(file).not.toMatch(/ada@reader/i)
  })

  it('refuses flags that mean nothing, by their names', async () => {
    const context = await newContext()
    await expect(run(context, ...importing, '--map', 'emial=Mail')).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringContaining('emial'),
    })
    await expect(run(context, ...importing, '--language', 'German!')).rejects.toMatchObject({ code: 'usage' })
    await expect(run(context, ...importing, '--tag', ' , ')).rejects.toMatchObject({ code: 'usage' })
    await writeFile(path.join(context.cwd, 'empty.csv'), '')
    await expect(run(context, 'import', 'empty.csv')).rejects.toMatchObject({ code: 'import-refused' })
  })
})
