// Runs after `npm ci`. Where devDependencies are left out there is no compiler, and the packed dist/ is already there.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const compiler = fileURLToPath(new URL('../node_modules/.bin/tsc', import.meta.url))
if (existsSync(compiler)) {
  const { status } = spawnSync('npm', ['run', '--silent', 'build'], { stdio: 'inherit', shell: process.platform === 'win32' })
  process.exitCode = status ?? 1
}
