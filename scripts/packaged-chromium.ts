/** The Chromium that the development package @sparticuz/chromium carries: unpacked once per checkout, however many processes ask at once. */

import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

/** Where it stands, and the fonts it shows pages with: its own Open Sans before the machine's. */
export interface PackagedChromium {
  readonly executablePath: string
  /** For the environment of the browser's process: without a font, a page has no text. */
  readonly fontConfig: string
}

const root = fileURLToPath(new URL('..', import.meta.url))
const unpack = "import('@sparticuz/chromium').then(({ default: chromium }) => chromium.executablePath())"

/** Whether the package's Chromium runs on this kind of machine. */
export const hasPackagedChromium = process.platform === 'linux' && process.arch === 'x64'

/** Unpacks the browser below node_modules (a few seconds, the first time) and says where it is. */
export async function packagedChromium(): Promise<PackagedChromium> {
  const { version } = JSON.parse(await readFile(join(root, 'node_modules/@sparticuz/chromium/package.json'), 'utf8')) as { version: string }
  const cache = join(root, 'node_modules', '.cache')
  const folder = join(cache, `chromium-${version}-${fontsVersion}`)
  if (!existsSync(folder)) await unpackInto(cache, folder)
  return { executablePath: join(folder, 'chromium'), fontConfig: join(folder, 'fonts.conf') }
}

// The package unpacks into the folder for temporary files and takes a half-written browser there for a whole one: it gets a folder of its own, which is
// renamed when it is complete.
async function unpackInto(cache: string, folder: string): Promise<void> {
  await mkdir(cache, { recursive: true })
  const staging = await mkdtemp(join(cache, 'chromium-'))
  try {
    await promisify(execFile)(process.execPath, ['-e', unpack], { cwd: root, env: { ...process.env, TMPDIR: staging } })
    await writeFile(join(staging, 'fonts.conf'), fontConfig(folder))
    await rename(staging, folder)
  } catch (error) {
    // Another process was quicker.
    if (!existsSync(join(folder, 'fonts.conf'))) throw error
  } finally {
    await rm(staging, { recursive: true, force: true })
  }
}

/** Counted up whenever what stands below changes. */
const fontsVersion = 2

/** What stands in for fonts that Linux does not have: of about their width, so that lines break where readers see them break. */
const substitutes: Readonly<Record<string, readonly string[]>> = {
  'Open Sans': ['sans-serif', 'Helvetica', 'Arial', 'Segoe UI', 'system-ui'],
  'DejaVu Serif Condensed': ['serif', 'Georgia', 'Times New Roman'],
}

function fontConfig(folder: string): string {
  const aliases = Object.entries(substitutes).flatMap(([font, families]) =>
    families.map(family => `<alias binding="same"><family>${family}</family><prefer><family>${font}</family></prefer></alias>`),
  )
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
<dir>${folder}/fonts</dir>
<cachedir>${folder}/fonts-cache</cachedir>
${aliases.join('\n')}
<include ignore_missing="yes">/etc/fonts/fonts.conf</include>
</fontconfig>
`
}
