import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { relayPresetNames } from '../../src/config/relay-presets.ts'
import { presetOfHost, relayPresets } from '../../src/transport/relay-presets.ts'

describe('relayPresets', () => {
  it('has each provider that the configuration may name, under its own name', () => {
    expect(Object.values(relayPresets).map(({ name }) => name)).toEqual([...relayPresetNames])
  })

  it('is what docs/relays.md says of each', () => {
    const document = readFileSync(new URL('../../docs/relays.md', import.meta.url), 'utf8')
    const rows = [...document.matchAll(/^\| `([a-z-]+)` \|(.*)\|$/gm)].map(([, name, cells = '']) => [
      name,
      ...cells.split('|').map(each => each.trim()),
    ])
    const shown = (value: number | null, unit = '') => (value === null ? '' : `${value}${unit}`)
    const megabytes = (octets: number | null) => shown(octets === null ? null : Math.round(octets / 100_000) / 10, ' MB')
    expect(rows.filter(row => row.length === 6)).toEqual(
      Object.values(relayPresets).map(({ name, rate, connections, messagesPerConnection, largestMessage, replacedHeaders }) => [
        name,
        shown(rate, '/s'),
        shown(connections),
        shown(messagesPerConnection),
        megabytes(largestMessage),
        replacedHeaders.join(', '),
      ]),
    )
  })

  it('knows that Amazon SES replaces Message-ID and Date', () => {
    expect(relayPresets['amazon-ses'].replacedHeaders).toEqual(['Message-ID', 'Date'])
  })
})

describe('presetOfHost()', () => {
  it.each([
    ['email-smtp.us-east-1.amazonaws.com', 'amazon-ses'],
    ['Email-SMTP-fips.us-gov-west-1.amazonaws.com', 'amazon-ses'],
    ['smtp.postmarkapp.com', 'postmark'],
    ['smtp-broadcasts.postmarkapp.com', 'postmark'],
    ['smtp.mailgun.org', 'mailgun'],
    ['smtp.eu.mailgun.org', 'mailgun'],
    ['smtp-relay.brevo.com', 'brevo'],
  ])('knows %s', (host, name) => {
    expect(presetOfHost(host)?.name).toBe(name)
  })

  it.each(['localhost', 'smtp.postmarkapp.com.evil.test', 'evil-smtp.mailgun.org', 'email-smtp.x.amazonaws.com.evil.test', 'mailgun.org'])(
    'does not know %s',
    host => {
      expect(presetOfHost(host)).toBeNull()
    },
  )
})
