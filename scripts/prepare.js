// Runs after `npm ci`, and before a tarball is packed. Where devDependencies are left out there is nothing to compile with (another package
// may bring a compiler along, but no Node types), and this stands aside.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const needed = ['../node_modules/.bin/tsc', '../node_modules/@types/node/package.json'].map(path =>
  fileURLToPath(new URL(path, import.meta.url)),
)

// npx runs this, too, when it first links the checkout into its cache. A failure there would leave that cache broken for good, and
// what npx is to run has already been built.
const isNpx = process.env.npm_command === 'exec'

if (needed.every(existsSync) && !isNpx) {
  const { status } = spawnSync('npm', ['run', '--silent', 'build'], { stdio: 'inherit', shell: process.platform === 'win32' })
  process.exitCode = status ?? 1
}
