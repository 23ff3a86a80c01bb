// Draws the pictures of the sample publication into public/images. Run it with: node scripts/make-pictures.ts [name …]
import { mkdir, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import chromium from '@sparticuz/chromium'
import { chromium as browsers } from 'playwright-core'
import { barometer, nail, predictor } from './pictures/brass-pictures.ts'
import { ropeCoil, tideTable } from './pictures/flat-pictures.ts'
import { logo, logoHeight, logoWidth } from './pictures/logo.ts'
import { palettePng } from './pictures/palette-png.ts'
import { bellBuoy, ferry, moonBook, storm } from './pictures/sea-pictures.ts'
import { creek, eelgrass, steps } from './pictures/shore-pictures.ts'
import { causeway, waders } from './pictures/strand-pictures.ts'

interface Picture {
  readonly name: string
  readonly width: number
  readonly height: number
  /** What stands inside the `<svg>`. */
  readonly draw: () => string
}

const story = (name: string, draw: () => string): Picture => ({ name, width: 1200, height: 630, draw })

const pictures: readonly Picture[] = [
  story('fourteen-wheels', predictor),
  story('four-dry-days', steps),
  story('eelgrass-by-hand', eelgrass),
  story('reading-the-tide-table', tideTable),
  story('the-nail-in-the-wall', nail),
  story('tap-it-once', barometer),
  story('der-priel-ist-gewandert', creek),
  story('bell-buoy-four', bellBuoy),
  story('the-ferry-that-follows-the-moon', ferry),
  story('eight-days-luck', storm),
  story('counting-by-tens', waders),
  story('the-causeway-in-winter', causeway),
  story('daftar-e-mah', moonBook),
  { name: 'sponsor-brannock', width: 400, height: 400, draw: ropeCoil },
  { name: 'logo', width: logoWidth, height: logoHeight, draw: () => logo('light') },
  { name: 'logo-dark', width: logoWidth, height: logoHeight, draw: () => logo('dark') },
]

const folder = fileURLToPath(new URL('../public/images/', import.meta.url))

async function makePictures(names: readonly string[]): Promise<void> {
  await mkdir(folder, { recursive: true })
  const browser = await browsers.launch({ executablePath: await chromium.executablePath(), args: chromium.args, headless: true })
  try {
    const page = await browser.newPage({ offline: true })
    for (const { name, width, height, draw } of pictures.filter(picture => names.length === 0 || names.includes(picture.name))) {
      await page.setViewportSize({ width, height })
      const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" style="display:block">${draw()}</svg>`
      await page.setContent(`<body style="margin:0;background:transparent">${svg}</body>`)
      const png = palettePng(await page.screenshot({ omitBackground: true }), 96)
      await writeFile(`${folder}${name}.png`, png)
      console.log(`${name}.png ${Math.round(png.length / 1000)} kB`)
    }
  } finally {
    await browser.close()
  }
}

await makePictures(process.argv.slice(2))
