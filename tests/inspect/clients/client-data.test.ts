import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { clientDataText } from '../../../scripts/client-data.ts'
import { keysOf } from '../../../scripts/feature-keys.ts'
import { clientFamilies, usualAudience } from '../../../src/config/audience.ts'
import { baseline } from '../../../src/inspect/clients/baseline.ts'
import { clientNames } from '../../../src/inspect/clients/client-data.ts'
import { features, supportOf } from '../../../src/inspect/clients/clients.ts'

const file = new URL('../../../src/inspect/clients/client-data.ts', import.meta.url)

describe('client-data.ts', () => {
  it('is what `npm run generate:clients` makes from the installed caniemail', () => {
    expect(readFileSync(file, 'utf8')).toBe(clientDataText())
  })

  it('is small, and carries its licence, source and day', () => {
    const text = readFileSync(file, 'utf8')
    expect(text.length).toBeLessThan(150_000)
    expect(text).toMatch(/MIT License[\s\S]*Permission is hereby granted[\s\S]*WITHOUT WARRANTY/)
    expect(text).toMatch(/https:\/\/www\.caniemail\.com[\s\S]*clientDataDate = '\d{4}-\d\d-\d\d'/)
  })

  it('knows a support for every client in every feature', () => {
    expect(features.length).toBeGreaterThan(290)
    for (const { support } of features) expect([...support.keys()]).toEqual(clientNames.map(([id]) => id))
  })

  it('takes the newest version of a client, also where JSON puts whole numbers first', () => {
    // https://www.caniemail.com/features/css-border-inline-block/: macOS 10.15 no, 12 yes. css-transform: Outlook for Mac 2019 yes, 16.80 no.
    expect(supportOf('apple-mail-macos', 'property:border-inline')).toBe('supported')
    expect(supportOf('outlook-macos', 'property:transform')).toBe('unsupported')
  })

  it('leaves out what no email shows', () => {
    expect(['amp', 'bimi'].flatMap(keysOf)).toEqual([])
  })

  it('names the clients that a configuration may name', () => {
    expect(clientNames.map(([id]) => id).toSorted()).toEqual(Object.values(clientFamilies).flat().toSorted())
    expect(clientNames.map(([id]) => id)).toEqual(expect.arrayContaining(Object.keys(usualAudience)))
  })
})

describe('the baseline', () => {
  it('accepts only features that there are, each with a reason', () => {
    const slugs = new Set(features.map(({ slug }) => slug))
    for (const { feature, reason } of baseline) {
      expect(slugs).toContain(feature)
      expect(reason.length).toBeGreaterThan(30)
    }
  })
})
