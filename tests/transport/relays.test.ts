import { describe, expect, it } from 'vitest'
import { UserError } from '../../src/errors.ts'
import { type RelaysConfig, relaysOf } from '../../src/transport/relays.ts'

const entry = { name: 'main', url: 'smtp://smtp.example.com', weight: 1 }
const paths = { config: '/site/news-digest.yaml', displayRoot: '/site' } as RelaysConfig['paths']
const configOf = (...relays: RelaysConfig['relays']): RelaysConfig => ({ relays, send: { connections: 20 }, paths })

function refusal(config: RelaysConfig, env: Record<string, string> = {}): UserError {
  try {
    relaysOf(config, env)
  } catch (error) {
    if (error instanceof UserError) return error
  }
  throw new Error('not refused')
}

describe('relaysOf()', () => {
  it('takes the relay of SMTP_URL where none is configured, and calls it by its host', () => {
    expect(relaysOf(configOf(), { SMTP_URL: 'smtp://robin:s%3Acret@smtp.example.com' })).toEqual([
      {
        name: 'smtp.example.com',
        relay: {
          host: 'smtp.example.com',
          port: 587,
          tls: 'required',
          verify: true,
          login: { user: 'robin', password: 's:cret' },
          name: null,
        },
        preset: null,
        weight: 1,
        connections: 20,
        rate: null,
        messagesPerConnection: null,
      },
    ])
  })

  it('takes configured relays before SMTP_URL, in their order, each with its own limits', () => {
    const relays = relaysOf(
      configOf(
        { ...entry, weight: 3, connections: 5, rate: '300/m', messagesPerConnection: 100 },
        { ...entry, name: 'spare', url: 'smtps://[::1]:2465' },
      ),
      { SMTP_URL: 'smtp://other.example' },
    )
    expect(relays).toMatchObject([
      { name: 'main', weight: 3, connections: 5, rate: 5, messagesPerConnection: 100 },
      { name: 'spare', relay: { host: '::1', port: 2465, tls: 'implicit' }, connections: 20 },
    ])
  })

  it('puts user and password together, the password as it stands in the variable', () => {
    const password = 'p@ss/w:rd#?%$&$$ ü'
    const [relay] = relaysOf(configOf({ ...entry, user: 'robin@example.com', passwordFrom: 'SES_PASSWORD' }), { SES_PASSWORD: password })
    expect(relay?.relay.login).toEqual({ user: 'robin@example.com', password })
  })

  it('knows a provider by its host, and lets what is configured count before what is known', () => {
    const ses = { ...entry, url: 'smtp://email-smtp.eu-west-1.amazonaws.com' }
    const postmark = { ...entry, name: 'pm', url: 'smtp://smtp-broadcasts.postmarkapp.com' }
    const relays = relaysOf(configOf(ses, postmark, { ...ses, name: 'more', rate: '50/s', messagesPerConnection: 50, connections: 40 }), {})
    expect(relays).toMatchObject([
      { preset: { name: 'amazon-ses' }, rate: 14, messagesPerConnection: 500, connections: 20 },
      { preset: { name: 'postmark' }, rate: null, connections: 10 },
      { preset: { name: 'amazon-ses' }, rate: 50, messagesPerConnection: 50, connections: 40 },
    ])
    expect(relaysOf(configOf({ ...entry, preset: 'postfix' }), {})[0]).toMatchObject({ preset: { name: 'postfix' }, connections: 20 })
    expect(relaysOf(configOf(), { SMTP_URL: 'smtp://u:p@smtp.postmarkapp.com' })[0]).toMatchObject({ preset: { name: 'postmark' } })
  })

  it.each([{}, { SMTP_URL: '  ' }])('says that there is no relay at all (%j)', env => {
    expect(refusal(configOf(), env).problems).toMatchObject([{ code: 'relay-missing', message: expect.stringContaining('SMTP_URL') }])
  })

  it.each(['smtp://robin:tRoub4dor@smtp.example.com', 'smtp://tRoub4dor@smtp.example.com', 'smtp://robin:tRo/ub4dor@x'])(
    'refuses a secret in the configuration, without repeating it (%s)',
    url => {
      const { problems } = refusal(configOf({ ...entry, url }))
      expect(problems).toMatchObject([
        { code: 'relay-invalid', message: expect.stringContaining('"main"'), hint: expect.stringContaining('passwordFrom') },
      ])
      expect(JSON.stringify(problems)).not.toMatch(/tRo|ub4dor/)
    },
  )

  it.each<[string, object, Record<string, string>, string, string]>([
    ['a variable that is not set', { user: 'robin', passwordFrom: 'SES_PASSWORD' }, {}, 'relay-missing', 'SES_PASSWORD'],
    ['a variable that is empty', { user: 'robin', passwordFrom: 'SES_PASSWORD' }, { SES_PASSWORD: '' }, 'relay-missing', 'SES_PASSWORD'],
    ['a password with a line break', { user: 'robin', passwordFrom: 'P' }, { P: 'tRoub4dor\n' }, 'relay-invalid', 'control character'],
    ['a user alone', { user: 'robin' }, {}, 'relay-invalid', 'passwordFrom'],
    ['a variable alone', { passwordFrom: 'SES_PASSWORD' }, { SES_PASSWORD: 'tRoub4dor' }, 'relay-invalid', 'user'],
    ['a url that is none', { url: 'smtp.example.com' }, {}, 'relay-invalid', 'smtp:// or smtps://'],
    ['any certificate of another machine', { url: 'smtp://x.example?tls-verify=off' }, {}, 'relay-invalid', 'any certificate'],
    ['no TLS with a provider that requires it', { preset: 'amazon-ses', url: 'smtp://x.example?tls=off' }, {}, 'relay-invalid', 'TLS'],
  ])('refuses %s, and names relay and file', (_title, changes, env, code, word) => {
    const { problems } = refusal(configOf({ ...entry, ...changes }), env)
    expect(problems).toMatchObject([{ code, place: { file: 'news-digest.yaml' } }])
    expect(problems[0].message).toContain('"main"')
    expect(problems[0].message).toContain(word)
    expect(problems[0].message).not.toContain('SMTP_URL')
    expect(JSON.stringify(problems)).not.toContain('tRoub4dor')
  })

  it('tells of all relays that cannot be used, and of names that stand twice', () => {
    const { problems } = refusal(configOf({ ...entry, url: 'x' }, entry, { ...entry, name: 'b', user: 'u' }))
    expect(problems.map(({ message }) => /"\w+"/.exec(message)?.[0])).toEqual(['"main"', '"main"', '"b"'])
  })
})
