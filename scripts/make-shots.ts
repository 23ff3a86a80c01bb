// Takes the pictures for the README and the guides, of the sample publication, into docs/images. Run it with: npm run shots [-- name …]
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser } from 'playwright-core'
import { PNG } from 'pngjs'
import { readConfig } from '../src/config/read-config.ts'
import { buildEdition, sampleValues } from '../src/run-build.ts'
import { servePreview } from '../src/web/preview/serve-preview.ts'
import { launchBrowser } from '../src/web/shots/launch-browser.ts'
import { readEditionPage } from '../src/web/shots/read-edition-page.ts'
import { takeShot } from '../src/web/shots/take-shot.ts'
import { hasPackagedChromium, packagedChromium } from './packaged-chromium.ts'
import { palettePng } from './pictures/palette-png.ts'

/** A picture to take. `out` is a temporary folder of its own. */
interface Picture {
  readonly name: string
  readonly take: (browser: Browser, out: string) => Promise<Buffer>
}

/** An edition in one look. Sizes are CSS pixels; of a longer email the upper part is shown. */
interface EditionView {
  readonly edition: string
  readonly template: string
  readonly width: number
  readonly height: number
  readonly scheme: 'light' | 'dark'
}

const root = fileURLToPath(new URL('..', import.meta.url))
const folder = path.join(root, 'docs', 'images')
const now = new Date('2026-03-02T09:00:00Z')
const scale = 2

const weekly = { edition: '2026-w09', template: 'weekly', width: 720, height: 960, scheme: 'light' } as const

const pictures: readonly Picture[] = [
  { name: 'weekly', take: ofEdition(weekly) },
  { name: 'weekly-dark', take: ofEdition({ ...weekly, scheme: 'dark' }) },
  { name: 'weekly-mobile', take: ofEdition({ ...weekly, width: 375, height: 812 }) },
  { name: 'brief', take: ofEdition({ ...weekly, edition: '2026-02', template: 'brief', height: 976 }) },
  { name: 'spotlight', take: ofEdition({ ...weekly, edition: '2026-w08', template: 'spotlight', height: 1000 }) },
  { name: 'preview', take: ofPreview('#edition=2026-w09&beside=simulation:apple-mail-dark') },
]

function ofEdition({ edition, template, width, height, scheme }: EditionView): Picture['take'] {
  return async (browser, out) => {
    const config = await readConfig({ cwd: root, overrides: { out } })
    const build = await buildEdition({ config, window: { kind: 'edition', id: edition }, now, template, check: false })
    if (build.kind !== 'written') throw new Error(`${edition} has nothing to send`)
    const page = await readEditionPage({ out, id: edition, displayRoot: root }, sampleValues(config))
    const view = { id: template, label: '', width, scheme, simulation: null }
    const { png } = await takeShot(browser, page, view, { scale, remote: false })
    return cropped(png, height * scale)
  }
}

/** The preview as an editor sees it; its page has to be built (npm run build). */
function ofPreview(hash: string): Picture['take'] {
  return async (_, out) => {
    // The other pictures' browser reaches nothing, this machine's own server neither.
    const browser = await openBrowser({ network: true })
    const preview = await servePreview({
      readConfig: () => readConfig({ cwd: root, overrides: { out } }),
      clock: () => now,
      host: '127.0.0.1',
      port: 0,
      env: { SMTP_URL: undefined },
    })
    const page = await browser.newPage({ viewport: { width: 1360, height: 850 }, deviceScaleFactor: scale, colorScheme: 'light' })
    try {
      await page.goto(`${preview.url}${hash}`)
      await page.locator('iframe.frame').nth(1).waitFor()
      await page.getByText('Up to date').waitFor()
      return await page.screenshot()
    } finally {
      await browser.close()
      await preview.close()
    }
  }
}

function cropped(png: Buffer, height: number): Buffer {
  const whole = PNG.sync.read(png)
  if (whole.height <= height) return png
  const top = new PNG({ width: whole.width, height })
  PNG.bitblt(whole, top, 0, 0, whole.width, height, 0, 0)
  return PNG.sync.write(top)
}

/** The browser that CHROMIUM_PATH names, else the one that everybody gets with the package: the same browser and fonts make the same picture. */
async function openBrowser({ network }: { readonly network: boolean }): Promise<Browser> {
  if (process.env.CHROMIUM_PATH || !hasPackagedChromium) return launchBrowser({ network, env: process.env })
  const { executablePath, fontConfig } = await packagedChromium()
  return launchBrowser({ network, env: { ...process.env, CHROMIUM_PATH: executablePath, FONTCONFIG_FILE: fontConfig } })
}

async function makeShots(names: readonly string[]): Promise<void> {
  await mkdir(folder, { recursive: true })
  const browser = await openBrowser({ network: false })
  try {
    for (const { name, take } of pictures.filter(picture => names.length === 0 || names.includes(picture.name))) {
      const out = await mkdtemp(path.join(tmpdir(), 'news-digest-shots-'))
      try {
        const png = palettePng(await take(browser, out), 256)
        await writeFile(path.join(folder, `${name}.png`), png)
        console.log(`${name}.png ${Math.round(png.length / 1000)} kB`)
      } finally {
        await rm(out, { recursive: true, force: true })
      }
    }
  } finally {
    await browser.close()
  }
}

await makeShots(process.argv.slice(2))
