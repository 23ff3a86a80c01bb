import { describe, expect, it } from 'vitest'
import { flagProblems, settingFault } from '../../src/config/flag-problems.ts'
import { readConfig } from '../../src/config/read-config.ts'
import { createTempFolder } from '../temp-folder.ts'

describe('flagProblems()', () => {
  it('names the flag, what was given and what to try, and no file', async () => {
    const [problem] = await flagProblems({ site: { url: 'blog.example' } })
    expect(problem).toMatchObject({ code: 'config-invalid', got: '"blog.example"', hint: 'Try https://blog.example.' })
    expect(problem?.message).toContain('--site-url')
    expect(problem).not.toHaveProperty('place')
  })

  it('names each wrong flag', async () => {
    const problems = await flagProblems({
      site: { language: 'Mars or so' },
      sender: { email: 'nope' },
      selection: { tags: { include: [''] } },
    })
    expect(problems.map(problem => problem.message.split(' ')[0])).toEqual(['--language', '--tag', '--sender-email'])
  })

  it.each(['//blog.example', 'http:/blog.example', 'blog.example'])('proposes https:// for the address %s', url => {
    expect(settingFault('site.url', url)).toBe('Try https://blog.example.')
  })

  it.each(['English', 'Deutsch', 'Mars', 'en_US', ''])('takes %j for no language', language => {
    expect(settingFault('site.language', language)).toContain('a language tag')
  })

  it('proposes nothing for what cannot be an address', () => {
    expect(settingFault('site.url', 'my blog')).toBe('Give an address that begins with https://.')
  })

  it('still says which setting a build script got wrong that no flag gives', async () => {
    const [problem] = await flagProblems({ edition: { rhythm: 'yearly' } })
    expect(problem?.message).toContain('edition.rhythm')
    expect(problem).not.toHaveProperty('place')
  })
})

describe('readConfig()', () => {
  it('reports a wrong flag as the flag, with or without a configuration file', async () => {
    for (const files of [{}, { 'news-digest.yaml': 'site:\n  url: https://mine.example\n' }]) {
      const cwd = await createTempFolder(files)
      const error = await readConfig({ cwd, overrides: { site: { url: 'blog.example' } } }).catch(reason => reason)
      expect(error.problems).toMatchObject([{ got: '"blog.example"' }])
      expect(error.message).toContain('--site-url')
    }
  })
})
