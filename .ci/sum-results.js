// Adds up what .ci/run left in a folder: vitest's JSON reports with their exit statuses, and one line for each other step that failed.
// Prints `N passed, N failed` and fails unless tests ran and nothing failed. Runs on whatever Node the machine has.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const folder = process.argv[2]
const failedSteps = linesOf('failed-steps')
for (const step of failedSteps) console.log(`failed: ${step}`)

let passed = 0
let failed = failedSteps.length
for (const name of readdirSync(folder).filter(each => each.endsWith('.status'))) {
  const run = readRun(name.replace(/\.status$/, ''))
  passed += run.passed
  failed += run.failed
}
if (passed + failed === 0) {
  console.log('no test ran')
  failed = 1
}
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1

/** A run can fail without a failed test: a file that does not load, an unhandled rejection, no report at all. */
function readRun(name) {
  const succeeded = linesOf(`${name}.status`)[0] === '0'
  const report = existsSync(join(folder, `${name}.json`)) ? JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) : null
  if (report === null) console.log(`failed: ${name} wrote no report`)
  const failedTests = report?.numFailedTests ?? 0
  const failedFiles = (report?.testResults ?? []).filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  )
  for (const { name: file } of failedFiles) console.log(`failed to load: ${file}`)
  const known = failedTests + failedFiles.length
  return { passed: report?.numPassedTests ?? 0, failed: known === 0 && !(succeeded && report !== null) ? 1 : known }
}

function linesOf(name) {
  const file = join(folder, name)
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : []
}
