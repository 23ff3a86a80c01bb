import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { UserError } from '../../src/errors.ts'
import { parseSecret } from '../../src/message/secret-keys.ts'
import { keyOf } from './secret-of.ts'

function refusal(text: string): UserError {
  try {
    parseSecret(text)
  } catch (error) {
    if (error instanceof UserError) return error
    throw error
  }
  throw new Error('it was taken')
}

describe('parseSecret()', () => {
  it.each([',', ' ', '\n', ', ', ' ,\t'])('reads several keys with %j between them, in order', separator => {
    const [a, b] = [keyOf('a'), keyOf('b')]
    expect(parseSecret(`${a}${separator}${b}\n`).map(key => key.id)).toEqual([...parseSecret(a), ...parseSecret(b)].map(key => key.id))
  })

  it('counts a key that stands twice once', () => {
    expect(parseSecret(`${keyOf('a')} ${keyOf('a')}`)).toHaveLength(1)
  })

  it('derives another key for every use', () => {
    const uses = Object.values(parseSecret(keyOf('a'))[0].uses).map(key => key.export().toString('hex'))
    expect(new Set(uses).size).toBe(4)
  })

  it.each(['', ' ', ' , '])('says that there is none in %j', text => expect(refusal(text).code).toBe('secret-missing'))

  it.each([
    ['a short key', 'correct-horse-battery-staple'],
    ['one of 31 characters', keyOf('a').slice(0, 31)],
    ['one character 40 times', 'x'.repeat(40)],
    ['a word again and again', 'hunter2'.repeat(6)],
  ])('refuses %s without repeating any of it', (_, key) => {
    const error = refusal(`${keyOf('good')},${key}`)
    expect(error.code).toBe('secret-invalid')
    const said = inspect(error) + JSON.stringify(error.problems)
    expect(said).toContain('key 2')
    for (let at = 0; at + 5 <= key.length; at++) expect(said).not.toContain(key.slice(at, at + 5))
  })

  it('names every key that is too weak', () => {
    expect(refusal('short1,short2').problems.map(({ got }) => got)).toEqual(['6 of them', '6 of them'])
  })

  it('shows nothing of a key where keys are printed', () => {
    const secret = parseSecret(keyOf('a'))
    const shown = inspect(secret, { depth: 9, showHidden: true }) + JSON.stringify(secret)
    for (const key of Object.values(secret[0].uses)) expect(shown).not.toContain(key.export().toString('hex').slice(0, 8))
    expect(shown).not.toContain(keyOf('a').slice(0, 8))
  })
})
