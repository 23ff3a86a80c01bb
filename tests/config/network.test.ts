import { describe, expect, it } from 'vitest'
import { parseNetwork } from '../../src/config/network.ts'
import { parseConfig } from '../../src/config/read-config.ts'

describe('parseNetwork()', () => {
  it.each([
    ['10.0.0.0/8', { family: 'ipv4', address: '10.0.0.0', prefix: 8 }],
    ['127.0.0.1', { family: 'ipv4', address: '127.0.0.1', prefix: 32 }],
    ['fd00::/8', { family: 'ipv6', address: 'fd00::', prefix: 8 }],
    ['::1', { family: 'ipv6', address: '::1', prefix: 128 }],
  ])('reads %s', (text, network) => {
    expect(parseNetwork(text)).toEqual(network)
  })

  it.each([
    '',
    'localhost',
    '10.0.0.0/33',
    '::/129',
    '10.0.0',
    '010.0.0.1',
    '256.0.0.1',
    '1:2:3',
    '10.0.0.0/',
    'fe80::1%eth0',
    '::1]/[::1',
  ])('takes %j for none', text => {
    expect(parseNetwork(text)).toBeNull()
  })
})

describe('the configuration of signing up', () => {
  const read = (text: string) => parseConfig(text, 'news-digest.yaml')

  it('is off unless it is there, and has defaults', async () => {
    expect((await read('')).signUp).toBeUndefined()
    expect((await read('signUp: {}')).signUp).toEqual({ origins: [], tags: [], perAddress: 3, perClient: 20, mailsPerHour: 200 })
    expect((await read('')).serve.trustProxy).toBe(0)
    expect((await read('serve:\n  trustProxy: [10.0.0.0/8]')).serve.trustProxy).toEqual(['10.0.0.0/8'])
  })

  it.each([
    'signUp:\n  origins: [www.harbour.example]',
    'signUp:\n  origins: ["*"]',
    'signUp:\n  origins: [https://harbour.example/blog]',
    'signUp:\n  origins: ["https://harbour.example:http"]',
    'links:\n  publicUrl: https://[harbour.example',
    'signUp:\n  perAddress: 0',
    'signUp:\n  origin: []',
    'serve:\n  trustProxy: -1',
    'serve:\n  trustProxy: true',
    'serve:\n  trustProxy: [everybody]',
    'serve:\n  trustProxy: []',
  ])('refuses %j', async text => {
    await expect(read(text)).rejects.toMatchObject({ code: 'config-invalid' })
  })
})
