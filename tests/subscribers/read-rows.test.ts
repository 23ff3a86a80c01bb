import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { openRows } from '../../src/subscribers/read-rows.ts'
import { createTempFolder } from '../temp-folder.ts'

async function rowsOf(content: string | Uint8Array, { name = 'readers.csv', map = {}, ignore = [] as string[] } = {}) {
  const file = path.join(await createTempFolder(), name)
  await writeFile(file, content)
  const source = await openRows({ file, shownFile: name, choice: { map: new Map(Object.entries(map)), ignore } })
  const rows = []
  for await (const batch of source.batches) rows.push(...batch.rows)
  return {
    source,
    rows,
    cells: rows.map(({ cells }) => Object.fromEntries(cells.map(([target, text]) => ['name' in target ? target.name : target.kind, text]))),
  }
}

describe('openRows()', () => {
  const text = 'E-Mail-Adresse;Vorname;Stadt\r\nada@x.test;Zoë;"Bad\r\nTölz"\r\n\r\nbo@x.test;"Bo; or ""B""";Ulm'
  const cells = [
    { email: 'ada@x.test', firstName: 'Zoë', stadt: 'Bad\nTölz' },
    { email: 'bo@x.test', firstName: 'Bo; or "B"', stadt: 'Ulm' },
  ]
  const utf16be = Buffer.from(`\ufeff${text}`, 'utf16le').swap16()

  it.each([
    ['UTF-8', Buffer.from(text), { label: 'utf-8', assumed: false }],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${text}`), { label: 'utf-8', assumed: false }],
    ['UTF-16 with a mark', Buffer.from(`\ufeff${text}`, 'utf16le'), { label: 'utf-16le', assumed: false }],
    ['UTF-16, the other way round', utf16be, { label: 'utf-16be', assumed: false }],
    ['UTF-16 without a mark', Buffer.from(text, 'utf16le'), { label: 'utf-16le', assumed: true }],
    ['Latin-1', Buffer.from(text, 'latin1'), { label: 'windows-1252', assumed: true }],
  ])('reads %s', async (_, bytes, encoding) => {
    const found = await rowsOf(bytes)
    expect(found.source.encoding).toEqual(encoding)
    expect(found.source.delimiter).toBe(';')
    expect(found.cells).toEqual(cells)
    expect(found.rows.map(({ row, line }) => [row, line])).toEqual([
      [1, 2],
      [2, 5],
    ])
  })

  it.each([',', ';', '\t', '|'])('finds out that %j stands between the cells', async delimiter => {
    const found = await rowsOf(`${[`"Last, first; or | any"`, 'email'].join(delimiter)}\n${['Ada', 'ada@x.test'].join(delimiter)}`)
    expect(found.source.delimiter).toBe(delimiter)
    expect(found.cells[0]).toMatchObject({ email: 'ada@x.test' })
  })

  it.each([
    [
      'Mailchimp',
      'Email Address,First Name,Address,OPTIN_TIME,CONFIRM_TIME,CONFIRM_IP,UNSUB_TIME,TAGS',
      'email firstName address joined confirmed ip left tags',
    ],
    ['listmonk', 'uuid,email,name,attributes,status,created_at,updated_at', 'uuid email name attributes state joined updated_at'],
    ['Ghost', 'id,email,name,note,subscribed_to_emails,created_at,labels', 'id email name note wanted joined tags'],
    ['Substack', 'email,active_subscription,email_disabled,created_at', 'email active_subscription unwanted joined'],
    ['Brevo', 'CONTACT ID,EMAIL,FIRSTNAME,LASTNAME,ADDED_TIME', 'contact-id email firstName lastName joined'],
    ['a Persian one', 'نام,ایمیل', 'name email'],
    [
      'ours',
      'email,name,language,tags,state,joined_at,confirmed_at,consent,attribute.city',
      'email name language tags state joined confirmed consent city',
    ],
  ])('knows the columns of %s', async (_, headers, targets) => {
    const { source } = await rowsOf(`${headers}\n`)
    expect(source.columns.map(({ target }) => ('name' in target ? target.name : target.kind)).join(' ')).toBe(targets)
  })

  it('takes the columns that the user names', async () => {
    const found = await rowsOf('Mail,email,Ort,Note\nada@x.test,old@x.test,Ulm,secret\n', {
      map: { email: 'mail', 'attribute.city': 'Ort' },
      ignore: ['Note', 'email'],
    })
    expect(found.cells[0]).toMatchObject({ email: 'ada@x.test', city: 'Ulm' })
    expect(found.source.columns.filter(({ target }) => target.kind === 'ignored')).toHaveLength(2)
  })

  it.each([
    ['no column of addresses', 'name,city\nAda,Ulm\n', {}, /no column of the file holds addresses/, /--map email=name/],
    ['no headers', 'ada@x.test,Ada\nbo@x.test,Bo\n', {}, /its first line is a person/, /email,name/],
    ['a mapped column that is not there', 'email\na@x.test\n', { map: { name: 'Nmae' } }, /has not: "Nmae"/, /as it stands/],
    ['nothing', '', {}, /is empty/, /headers/],
    ['a JSON array', '[{"email":"a@x.test"}]', { name: 'a.json' }, /one JSON array/, /jq/],
  ])('refuses a file with %s', async (_, content, options, message, hint) => {
    await expect(rowsOf(content, options)).rejects.toMatchObject({
      code: 'import-refused',
      problems: [{ message: expect.stringMatching(message), hint: expect.stringMatching(hint), place: { file: expect.any(String) } }],
    })
  })

  it('takes a bare list of addresses as one', async () => {
    expect((await rowsOf('ada@x.test\nbo@x.test\n')).cells).toEqual([{ email: 'ada@x.test' }, { email: 'bo@x.test' }])
  })

  it('says of a file that is not there that it is not', async () => {
    const request = { file: '/nowhere/readers.csv', shownFile: 'readers.csv', choice: { map: new Map<string, string>(), ignore: [] } }
    await expect(openRows(request)).rejects.toMatchObject({ code: 'file-unreadable', problems: [{ place: { file: 'readers.csv' } }] })
  })

  it('reads JSON lines, with tags as a list and attributes as an object', async () => {
    const found = await rowsOf(
      '{"email":"ada@x.test","tags":["a",{"name":"b"}],"attributes":{"x":1}}\n\n[1]\n{"E-Mail":"bo@x.test","age":7}\n',
    )
    expect(found.source.format).toBe('json-lines')
    expect(found.cells).toEqual([{ email: 'ada@x.test', tags: 'a,b', attributes: '{"x":1}' }, {}, { email: 'bo@x.test', age: '7' }])
    expect(found.rows[1]).toMatchObject({ row: 2, line: 3, fault: 'the line is no JSON object' })
  })

  it('says of a row that it has more cells than there are headers', async () => {
    const { rows } = await rowsOf('email,name\nada@x.test,Ada,extra\nbo@x.test\n')
    expect(rows.map(({ fault }) => fault)).toEqual(['it has more than the 2 cells of the headers', undefined])
  })
})
