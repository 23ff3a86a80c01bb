import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { commandWith } from '../../src/commands/command-with.ts'

describe('commandWith()', () => {
  it('names the edition and repeats the flags that were given, but not those of the window', () => {
    const flags = {
      from: '2026-02-01',
      to: '2026-02-28',
      last: { count: 7, unit: 'd' },
      sinceLast: true,
      content: 'posts',
      siteUrl: 'https://blog.example',
      all: true,
      limit: 3,
      tag: ['boats', 'tide tables'],
      now: new Date('2026-02-23T00:00:00Z'),
      check: false,
    }
    expect(commandWith('build', flags)('2026-w06')).toBe(
      "news-digest build 2026-w06 --content posts --site-url https://blog.example --all --limit 3 --tag boats 'tide tables' --now 2026-02-23T00:00:00.000Z --no-check",
    )
    expect(commandWith('plan', { check: true })('2026-w06')).toBe('news-digest plan 2026-w06')
  })

  it.each(['my posts', "it's", '$HOME/`x`', 'a"b', '', '*'])('quotes %j so that a shell hands it on as it is', value => {
    const command = commandWith('plan', { content: value })('2026-w06').replace('news-digest', 'printf "%s|"')
    expect(spawnSync('sh', ['-c', command], { encoding: 'utf8' }).stdout).toBe(`plan|2026-w06|--content|${value}|`)
  })
})
