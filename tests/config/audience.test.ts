import { describe, expect, it } from 'vitest'
import { audienceShares, usualAudience } from '../../src/config/audience.ts'
import { readConfig } from '../../src/config/read-config.ts'
import { createTempFolder } from '../temp-folder.ts'

const rounded = (shares: ReadonlyMap<string, number>) =>
  Object.fromEntries([...shares].map(([client, share]) => [client, Math.round(share)]))

describe('audienceShares()', () => {
  it('takes the usual shares where nothing is given, and brings them to 100', () => {
    const shares = audienceShares({})
    expect([...shares.keys()]).toEqual(Object.keys(usualAudience))
    expect([...shares.values()].reduce((sum, share) => sum + share, 0)).toBeCloseTo(100)
  })

  it('takes only what is given, in whatever sum', () => {
    expect(rounded(audienceShares({ 'outlook-windows': 3, 'gmx-web': 1 }))).toEqual({ 'outlook-windows': 75, 'gmx-web': 25 })
  })

  it('divides a family as usual among its clients, but not to those that are named themselves', () => {
    expect(rounded(audienceShares({ 'apple-mail': 100 }))).toEqual({ 'apple-mail-ios': 69, 'apple-mail-macos': 31 })
    expect(rounded(audienceShares({ 'apple-mail': 40, 'apple-mail-ios': 60 }))).toEqual({ 'apple-mail-macos': 40, 'apple-mail-ios': 60 })
    expect(rounded(audienceShares({ gmx: 90 }))).toEqual({ 'gmx-android': 33, 'gmx-ios': 33, 'gmx-web': 33 })
  })
})

describe('audience in news-digest.yaml', () => {
  const read = async (audience: string) => {
    const cwd = await createTempFolder({ 'news-digest.yaml': `site: { url: https://blog.example }\naudience:\n${audience}` })
    return readConfig({ cwd, file: null })
  }

  it('is read with families and clients', async () => {
    expect((await read('  gmail: 45\n  outlook-windows: 55\n')).audience).toEqual({ gmail: 45, 'outlook-windows': 55 })
  })

  it('refuses an unknown client with its line and the nearest known one', async () => {
    await expect(read('  gmail: 45\n  outlok-windows: 55\n')).rejects.toMatchObject({
      problems: [
        { message: '"audience.outlok-windows" is not a known setting', hint: 'Did you mean "outlook-windows"?', place: { line: 4 } },
      ],
    })
  })

  it('refuses a share above 100', async () => {
    await expect(read('  gmail: 145\n')).rejects.toMatchObject({ problems: [{ message: '"audience.gmail" is not what it should be' }] })
  })
})
