// What tsc leaves undone: the executable bit that `npx news-digest` needs in a checkout, and files of sources that are gone.
import { chmodSync, existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const dist = fileURLToPath(new URL('../dist', import.meta.url))
const src = fileURLToPath(new URL('../src', import.meta.url))

chmodSync(join(dist, 'cli.js'), 0o755)

for (const file of readdirSync(dist, { recursive: true, encoding: 'utf8' })) {
  const source = file.replace(/(\.d\.ts|\.js)$/, '.ts')
  if (source !== file && !existsSync(join(src, source))) rmSync(join(dist, file), { force: true })
}
