// What tsc leaves undone: the command of a checkout, and files of sources that are gone.
import { chmodSync, existsSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const dist = join(root, 'dist')
// Vite makes these, and clears them itself.
const page = join('web', 'preview', 'app')

chmodSync(join(dist, 'cli.js'), 0o755)
linkCommand(join(root, 'node_modules', '.bin', 'news-digest'))
for (const file of readdirSync(dist, { recursive: true, encoding: 'utf8' })) {
  if (file.startsWith(page)) continue
  const source = file.replace(/(\.d\.ts|\.js)$/, '.ts')
  if (source !== file && !existsSync(join(root, 'src', source))) rmSync(join(dist, file), { force: true })
}

/** npm links what packages bring, but not the checkout's own command; and npx never mends its own link to it (docs/decisions/0016). */
function linkCommand(link) {
  if (existsSync(link) || !existsSync(join(link, '..'))) return
  rmSync(link, { force: true })
  if (process.platform === 'win32') writeFileSync(`${link}.cmd`, '@node "%~dp0..\\..\\dist\\cli.js" %*\r\n')
  else symlinkSync(join('..', '..', 'dist', 'cli.js'), link)
}
