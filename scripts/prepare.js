// Runs after `npm ci`, and before a tarball is packed. Where devDependencies are left out there is no compiler, and nothing to compile.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const compiler = fileURLToPath(new URL('../node_modules/.bin/tsc', import.meta.url))

// npx runs this, too, when it first links the checkout into its cache. A failure there would leave that cache broken for good, and
// what npx is to run has already been built.
const isNpx = process.env.npm_command === 'exec'

if (existsSync(compiler) && !isNpx) {
  const { status } = spawnSync('npm', ['run', '--silent', 'build'], { stdio: 'inherit', shell: process.platform === 'win32' })
  process.exitCode = status ?? 1
}
