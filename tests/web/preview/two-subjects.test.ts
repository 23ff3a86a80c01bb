import { describe, expect, it } from 'vitest'
import { readConfig } from '../../../src/config/read-config.ts'
import { buildEdition } from '../../../src/run-build.ts'
import { addresses, type EditionView, type PreviewState } from '../../../src/web/preview/api.ts'
import { files, now, openApp } from './open-app.ts'

describe('an edition with two subjects', () => {
  const trial = { ...files, 'editions/2026-w07.md': "---\nsubjects: ['Gulls & grain', 'Who ate the oats?']\nsplit: 20%\n---\n" }

  it('is shown with either of them, and says both', async () => {
    const { json, ask } = await openApp(trial)
    const subjects = ['Gulls & grain', 'Who ate the oats?']
    const { editions } = await json<PreviewState>(addresses.state)
    expect(editions.find(({ key }) => key === '2026-w07')?.subject).toBe(subjects[0])
    const first = await json<EditionView>(addresses.edition('2026-w07'))
    expect(first).toMatchObject({ subject: subjects[0], trial: { variant: 'A', subjects } })
    const second = await json<EditionView>(addresses.edition('2026-w07', { variant: 'B' }))
    expect(second).toMatchObject({ subject: subjects[1], trial: { variant: 'B', subjects } })
    expect(second.message.headers).toContainEqual({ name: 'Subject', value: subjects[1] })
    for (const [view, variant] of [
      [first, 'A'],
      [second, 'B'],
    ] as const) {
      expect(view.html).toContain(`utm_content=${variant}`)
      expect(await (await ask(addresses.frame('2026-w07', { variant }))).text()).toContain(`utm_content=${variant}`)
    }
  })

  it('tells what the checks find of both', async () => {
    const shouting = { ...files, 'editions/2026-w07.md': '---\nsubjects: [Gulls and grain, WHO ATE ALL THE OATS]\n---\n' }
    const { json } = await openApp(shouting)
    for (const variant of ['A', 'B']) {
      const { findings, places } = await json<EditionView>(addresses.edition('2026-w07', { variant }))
      expect(findings.map(({ rule }) => rule)).toContain('subject-capitals')
      expect(places).toHaveLength(findings.length)
    }
  })

  it('is shown the same after a build', async () => {
    const { cwd, json } = await openApp(trial)
    await build(cwd)
    const view = await json<EditionView>(addresses.edition('built:2026-w07', { variant: 'B' }))
    expect(view).toMatchObject({ subject: 'Who ate the oats?', trial: { variant: 'B' } })
  })

  it('has no second variant where it has one subject', async () => {
    const { json } = await openApp()
    expect(await json<EditionView>(addresses.edition('2026-w07', { variant: 'B' }))).toMatchObject({ trial: null })
  })
})

async function build(cwd: string): Promise<void> {
  const built = await buildEdition({ config: await readConfig({ cwd }), window: { kind: 'edition', id: '2026-w07' }, now })
  expect(built.kind).toBe('written')
}
