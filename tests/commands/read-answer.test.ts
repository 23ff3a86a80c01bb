import { PassThrough } from 'node:stream'
import { expect, it } from 'vitest'
import { openPrompt } from '../../src/commands/read-answer.ts'

/** A terminal as readline sees one, whose keys are pressed by writing to `input`. */
function terminal() {
  const input = new PassThrough()
  const output = Object.assign(new PassThrough(), { isTTY: true, columns: 80 })
  return { input, ...openPrompt(input, output) }
}

it('openPrompt() gives the line that was typed', async () => {
  const { input, ask, close } = terminal()
  const answer = ask('Name: ')
  input.write('Orchard\r')
  expect(await answer).toBe('Orchard')
  close()
})

it.each([
  ['Ctrl-C', '\x03'],
  ['Ctrl-D', '\x04'],
])('openPrompt() answers null to %s and to every question after it', async (_, key) => {
  const { input, ask } = terminal()
  const answer = ask('Name: ')
  input.write(key)
  expect(await answer).toBeNull()
  expect(await ask('Language: ')).toBeNull()
})

it('openPrompt() answers null when the input ends', async () => {
  const { input, ask } = terminal()
  const answer = ask('Name: ')
  input.end()
  expect(await answer).toBeNull()
})
