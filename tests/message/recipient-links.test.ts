import { describe, expect, it } from 'vitest'
import { readLinkToken } from '../../src/message/link-token.ts'
import { recipientLinks } from '../../src/message/recipient-links.ts'
import { secretOf } from './secret-of.ts'

const secret = secretOf('a')
const places = { publicUrl: 'https://post.harbour.example/', list: 'digest', edition: '2026-w06' }
const links = recipientLinks(places, secret, { subscriber: 12, epoch: 1 })
const now = new Date('2026-02-09T08:00:00Z')

describe('recipientLinks()', () => {
  it('lead to the public server, each with a token for its own purpose', () => {
    for (const purpose of ['unsubscribe', 'preferences'] as const) {
      const [, token = ''] = new RegExp(`^https://post\\.harbour\\.example/${purpose}/([\\w-]+)$`).exec(links[`${purpose}Url`]) ?? []
      expect(readLinkToken(token, secret, { purpose, now })).toEqual({
        kind: 'valid',
        claim: { purpose, list: 'digest', subscriber: 12, epoch: 1 },
      })
    }
  })

  it('give everybody the same link to view an edition', () => {
    expect(links.viewUrl).toBe('https://post.harbour.example/2026-w06')
    expect(recipientLinks(places, secret, { subscriber: 13, epoch: 1 }).viewUrl).toBe(links.viewUrl)
  })
})
