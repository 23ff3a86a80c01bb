import { rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, it } from 'vitest'
import { ada, openSite, withAda } from './open-site.ts'

it.each([
  ['de-AT,de;q=0.9', 'Sie sind abgemeldet', 'ltr'],
  ['fa', 'اشتراک شما لغو شد', 'rtl'],
  ['xx', 'You are unsubscribed', 'ltr'],
])('speaks the language of the browser: %s', async (language, title, direction) => {
  const { ask, path } = await withAda()
  const page = await (await ask(path, { method: 'POST', headers: { 'accept-language': language } })).text()
  expect(page).toContain(title)
  expect(page).toContain(`dir="${direction}"`)
})

it('speaks a language that the publication has words of its own for, and offers it', async () => {
  const { ask, token, person } = await openSite({ readers: [ada], files: { 'templates/messages/fr.yaml': 'leaveButton: Me désabonner\n' } })
  const { id } = await person(ada)
  const french = { headers: { 'accept-language': 'fr-CA' } }
  expect(await (await ask(`/unsubscribe/${token({ subscriber: id })}`, french)).text()).toMatch(/<html lang="fr".*Me désabonner/s)
  const preferences = await (await ask(`/preferences/${token({ subscriber: id, purpose: 'preferences' })}`)).text()
  expect([...preferences.matchAll(/<option value="([a-z]{2})"/g)].map(([, language]) => language)).toEqual(['en', 'fr', 'de', 'fa'])
})

it('answers again once words that could not be read have been mended', async () => {
  const words = 'templates/messages/de.yaml'
  const { ask, publication, faults } = await openSite({ files: { [`${words}/x`]: 'a folder stands in its place' } })
  const inGerman = () => ask('/unsubscribe', { headers: { 'accept-language': 'de' } })
  const answer = await inGerman()
  expect([answer.status, answer.headers.get('retry-after'), faults.length]).toEqual([503, '60', 1])
  await rm(path.join(publication.cwd, words), { recursive: true })
  await writeFile(path.join(publication.cwd, words), 'useYourLinkTitle: Ihr eigener Link\n')
  expect(await (await inGerman()).text()).toContain('Ihr eigener Link')
})
