import { expect, it } from 'vitest'
import { formOf, multipart, withAda } from './open-site.ts'

const reasonsOf = ({ ledger }: Awaited<ReturnType<typeof withAda>>) =>
  ledger.db.selectFrom('leaveReasons').select(['subscriberId', 'reason', 'note', 'at']).orderBy('id').execute()

it('asks why, behind the way back, and keeps the last answer of each leaving', async () => {
  const site = await withAda()
  const { ask, path, id, at } = site
  const left = await (await ask(path, { method: 'POST' })).text()
  expect(left.indexOf(`action="${path}/undo"`)).toBeLessThan(left.indexOf(`action="${path}/reason"`))
  expect([...left.matchAll(/ value="([^"]*)"/g)].map(([, value]) => value)).toEqual(['too-many', 'not-interesting', 'never-asked', 'other'])
  const thanks = await ask(`${path}/reason`, formOf({ reason: 'too-many', note: '' }))
  expect([thanks.status, await thanks.text()]).toEqual([200, expect.stringContaining('Thank you')])
  at(new Date('2026-02-10T20:00:00Z'))
  await ask(`${path}/reason`, formOf({ reason: 'other', note: '  It <b>moved</b>\u202e\r\nto Thursday \0 ' }))
  const first = { subscriberId: id, reason: 'other', note: 'It <b>moved</b>\nto Thursday', at: Date.parse('2026-02-10T20:00:00Z') }
  expect(await reasonsOf(site)).toEqual([first])
  const later = new Date('2026-03-01T08:00:00Z')
  await ask(`${path}/undo`, { method: 'POST' })
  at(later)
  await ask(path, { method: 'POST' })
  await ask(`${path}/reason`, formOf({ reason: 'never-asked' }))
  expect(await reasonsOf(site)).toEqual([first, { subscriberId: id, reason: 'never-asked', note: null, at: later.getTime() }])
})

it.each([
  ['words without a choice', { note: 'x' }, [{ reason: 'other', note: 'x' }]],
  ['a choice that was not offered', { reason: 'constructor', note: 'x' }, [{ reason: 'other', note: 'x' }]],
  ['five hundred characters of a long note', { reason: 'other', note: '🛶'.repeat(700) }, [{ reason: 'other', note: '🛶'.repeat(500) }]],
  ['nothing of an empty form', {}, []],
  ['nothing of a form of blanks', { reason: 'constructor', note: ' \r\n\u200b' }, []],
])('keeps %s', async (_, fields: Record<string, string>, kept) => {
  const site = await withAda()
  await site.ask(site.path, { method: 'POST' })
  const answer = await site.ask(`${site.path}/reason`, formOf(fields))
  expect([answer.status, (await reasonsOf(site)).map(({ reason, note }) => ({ reason, note }))]).toEqual([200, kept])
})

it('takes a reason from nobody who has not left, or left long ago, and from no broken link: with the answer of a broken link', async () => {
  const site = await withAda()
  const { ask, path, id, at, token, ledger } = site
  const why = formOf({ reason: 'too-many' })
  const answers = [await ask(`${path}/reason`, why), await ask(`${path.slice(0, -3)}/reason`, why)]
  answers.push(await ask(`/unsubscribe/${token({ subscriber: id, purpose: 'preferences' })}/reason`, why))
  await ask(path, { method: 'POST' })
  at(new Date('2026-02-11T08:00:01Z'))
  answers.push(await ask(`${path}/reason`, why))
  await ledger.db.updateTable('subscribers').set({ state: 'complained' }).execute()
  at(new Date('2026-02-10T09:00:00Z'))
  answers.push(await ask(`${path}/reason`, why))
  const broken = await (await ask('/unsubscribe/x', { method: 'POST' })).text()
  expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404])
  expect(new Set(await Promise.all(answers.map(each => each.text())))).toEqual(new Set([broken]))
  expect(await reasonsOf(site)).toEqual([])
})

it('changes nothing by a GET of the reason, or by a form that cannot be read', async () => {
  const site = await withAda()
  const { ask, path, faults } = site
  await ask(path, { method: 'POST' })
  await ask(`${path}/reason?reason=too-many`)
  const upload = new FormData()
  upload.append('reason', new File(['too-many'], 'x.txt'))
  const answers = [
    await ask(`${path}/reason`, multipart('b', '--b\r\nContent-Disp')),
    await ask(`${path}/reason`, { method: 'POST', body: upload }),
    await ask(`${path}/reason`, formOf({ reason: 'other', note: 'x'.repeat(100_000) })),
  ]
  expect([answers.map(({ status }) => status), await reasonsOf(site), faults]).toEqual([[400, 400, 400], [], []])
})
