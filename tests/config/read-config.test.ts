import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { type ConfigOverrides, readConfig } from '../../src/config/read-config.ts'
import { UserError } from '../../src/errors.ts'
import { createTempFolder } from '../temp-folder.ts'

const site = 'site:\n  url: https://blog.example\n'

async function refusal(yaml: string, overrides: ConfigOverrides = {}): Promise<UserError> {
  const cwd = await createTempFolder({ 'news-digest.yaml': yaml })
  const error = await readConfig({ cwd, file: null, overrides }).catch(reason => reason)
  expect(error).toBeInstanceOf(UserError)
  return error
}

describe('readConfig()', () => {
  it('fills in every default from a file that names only the site', async () => {
    const cwd = await createTempFolder({ 'news-digest.yaml': site })
    const config = await readConfig({ cwd, file: null, overrides: {} })
    expect(config.site).toMatchObject({ url: 'https://blog.example', language: 'en', timeZone: 'UTC' })
    expect(config.selection).toMatchObject({ featuredOnly: true, min: 1, whenFewer: 'skip', lateArrivals: { mode: 'include', days: 14 } })
    expect(config.summary.opening).toEqual({ words: 110, points: 3 })
    expect(config.paths).toMatchObject({
      content: path.join(cwd, 'content'),
      editions: path.join(cwd, 'content/editions'),
      out: path.join(cwd, 'out'),
      assets: null,
    })
  })

  it('does without a file when the site is given by hand', async () => {
    const cwd = await createTempFolder()
    const config = await readConfig({ cwd, file: null, overrides: { site: { url: 'https://blog.example/' } } })
    expect(config.site.url).toBe('https://blog.example')
    expect(config.paths.config).toBeNull()
  })

  it('takes paths of the file relative to the file and paths given by hand relative to the working folder', async () => {
    const cwd = await createTempFolder({ 'site/news-digest.yaml': `${site}content:\n  dir: posts\n` })
    const config = await readConfig({ cwd, file: 'site/news-digest.yaml', overrides: { out: 'result' } })
    expect(config.paths.content).toBe(path.join(cwd, 'site/posts'))
    expect(config.paths.out).toBe(path.join(cwd, 'result'))
  })

  it("never mixes another publication's editions into posts given by hand", async () => {
    const cwd = await createTempFolder({ 'news-digest.yaml': `${site}content:\n  editions: content/editions\n` })
    const config = await readConfig({ cwd, file: null, overrides: { content: { dir: 'other/blog' } } })
    expect(config.paths.editions).toBe(path.join(cwd, 'other/blog/editions'))
  })

  it.each([
    ['sites/ja/blog', 'ja'],
    ['sites/pt-br', 'pt-br'],
    ['sites/blog', 'en'],
    ['ml/posts', 'en'],
  ])('takes the language of posts given by hand from their folder: %s is in %s', async (dir, language) => {
    const cwd = await createTempFolder({ 'news-digest.yaml': `${site}  language: en\n` })
    const config = await readConfig({ cwd, file: null, overrides: { content: { dir } } })
    expect(config.site.language).toBe(language)
  })

  it('names line, column, what was expected and what stood there for every bad value at once', async () => {
    const error = await refusal(`${site}edition:\n  rhythm: fortnightly\nbrand:\n  accent: blue\n`)
    expect(error.problems).toHaveLength(2)
    expect(error.problems[0]).toMatchObject({
      code: 'config-invalid',
      place: { file: 'news-digest.yaml', line: 4, column: 3 },
      expected: 'one of daily, weekly, monthly',
      got: '"fortnightly"',
    })
    expect(error.problems[1]).toMatchObject({ place: { line: 6, column: 3 }, got: '"blue"' })
  })

  it('suggests the setting that a misspelt one most likely meant', async () => {
    const error = await refusal(`${site}selection:\n  featurdOnly: true\n`)
    expect(error.problems[0]).toMatchObject({ place: { line: 4 }, got: 'featurdOnly', hint: 'Did you mean "featuredOnly"?' })
  })

  it.each([
    ['a tab indent', 'site:\n\turl: https://blog.example\n', 2],
    ['a duplicate key', `${site}site:\n  name: Twice\n`, 3],
    ['an unclosed quote', 'site:\n  name: "open\n  url: https://blog.example\n', 2],
  ])('refuses %s with its line', async (_, yaml, line) => {
    const error = await refusal(yaml)
    expect(error.code).toBe('config-unreadable')
    expect(error.problems[0].place?.line).toBeGreaterThanOrEqual(line)
  })

  it('refuses a time zone and a language that do not exist', async () => {
    const error = await refusal(`site:\n  url: https://blog.example\n  timeZone: Mars/Olympus\n  language: "!"\n`)
    expect(error.problems.map(problem => problem.place?.line)).toEqual([3, 4])
  })

  it('says how to go on when the address of the site is missing', async () => {
    const error = await refusal('site:\n  name: Nameless\n')
    expect(error.code).toBe('config-missing')
    expect(error.problems[0].hint).toContain('https://')
  })

  it('treats __proto__ and constructor as unknown settings, nothing more', async () => {
    const error = await refusal(`${site}__proto__:\n  polluted: yes\nconstructor: 1\n`)
    expect(error.code).toBe('config-invalid')
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false)
  })

  it('refuses a file that is named but not there', async () => {
    const cwd = await createTempFolder()
    await expect(readConfig({ cwd, file: 'absent.yaml', overrides: {} })).rejects.toMatchObject({ code: 'config-missing' })
  })
})
