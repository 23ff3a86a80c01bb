import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { createTempFolder } from '../temp-folder.ts'

const script = fileURLToPath(new URL('../../.ci/sum-results.js', import.meta.url))

async function sum(files: Record<string, string>) {
  const { stdout, status } = spawnSync(process.execPath, [script, await createTempFolder(files)], { encoding: 'utf8' })
  return { last: stdout.trimEnd().split('\n').at(-1), status }
}

function report(numPassedTests: number, numFailedTests = 0, testResults: object[] = []): string {
  return JSON.stringify({ numPassedTests, numFailedTests, testResults })
}

it('sum-results.js adds up all runs', async () => {
  const files = { 'suite.json': report(40), 'suite.status': '0\n', 'corpora.json': report(2), 'corpora.status': '0\n' }
  expect(await sum(files)).toEqual({ last: '42 passed, 0 failed', status: 0 })
})

it('sum-results.js counts a failed step as one failure', async () => {
  const files = { 'suite.json': report(40), 'suite.status': '0\n', 'failed-steps': 'npm run lint\nnpm run types\n' }
  expect(await sum(files)).toEqual({ last: '40 passed, 2 failed', status: 1 })
})

it('sum-results.js counts failed tests, and files that do not load', async () => {
  const broken = { name: 'a.test.ts', status: 'failed', assertionResults: [] }
  expect(await sum({ 'suite.json': report(40, 2, [broken]), 'suite.status': '1\n' })).toEqual({ last: '40 passed, 3 failed', status: 1 })
})

it('sum-results.js counts a run that failed outside of its tests, or left no report, as one failure', async () => {
  expect(await sum({ 'suite.json': report(40), 'suite.status': '1\n' })).toEqual({ last: '40 passed, 1 failed', status: 1 })
  expect(await sum({ 'suite.status': '1\n' })).toEqual({ last: '0 passed, 1 failed', status: 1 })
  expect(await sum({ 'suite.status': '0\n' })).toEqual({ last: '0 passed, 1 failed', status: 1 })
})

it('sum-results.js fails when no test ran', async () => {
  expect(await sum({ 'suite.json': report(0), 'suite.status': '0\n' })).toEqual({ last: '0 passed, 1 failed', status: 1 })
  expect(await sum({})).toEqual({ last: '0 passed, 1 failed', status: 1 })
})
