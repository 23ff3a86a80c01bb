import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { relayPresetNames } from '../../src/config/relay-presets.ts'
import { presetOfHost, relayPresets, throttlingOf } from '../../src/transport/relay-presets.ts'
import { parseReply } from '../../src/transport/reply.ts'

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

describe('throttlingOf()', () => {
  it.each([
    ['454 Throttling failure: Maximum sending rate exceeded.', 'slow-down'],
    ['454 4.7.0 Throttling failure: Maximum sending rate exceeded', 'slow-down'],
    ['454 Throttling failure: Daily message quota exceeded', 'pause'],
    ['421 Connection closed by server. Maximum message count per session reached', 'reopen'],
    ['554 Maximum sending rate exceeded', null],
    ['454 Temporary authentication failure', null],
    ['250 Ok', null],
  ])('reads %j of Amazon SES as %j', (raw, means) => {
    const reply = parseReply(raw)
    expect(reply && throttlingOf(reply, relayPresets['amazon-ses'])).toBe(means)
    expect(reply && throttlingOf(reply, null)).toBeNull()
  })
})
