import { describe, expect, it } from 'vitest'
import type { EditionEntry } from '../../../../src/web/preview/api.ts'
import { describeBytes, describeKinds } from '../../../../src/web/preview/app/describe.ts'

const entryOf = (changes: Partial<EditionEntry>): EditionEntry => ({
  key: '2026-w07',
  id: '2026-w07',
  kind: 'live',
  next: false,
  subject: null,
  template: null,
  firstDay: '2026-02-09',
  lastDay: '2026-02-15',
  status: null,
  previous: null,
  ...changes,
})

describe('describeKinds()', () => {
  it.each<[Partial<EditionEntry>, readonly string[]]>([
    [{}, ['from content']],
    [{ next: true }, ['next']],
    [{ next: true, kind: 'planned', status: 'draft' }, ['next', 'draft']],
    [{ kind: 'planned', status: 'sent' }, ['sent']],
    [{ kind: 'built' }, ['built']],
    [{ kind: 'built', status: 'draft' }, ['built']],
    [{ kind: 'built', status: 'sent' }, ['sent', 'built']],
  ])('says of %j: %j', (entry, words) => expect(describeKinds(entryOf(entry))).toEqual(words))
})

describe('describeBytes()', () => {
  it('writes kilobytes as the command line does', () =>
    expect([describeBytes(21_234), describeBytes(312)]).toEqual(['21.2 kB', '312 bytes']))
})
