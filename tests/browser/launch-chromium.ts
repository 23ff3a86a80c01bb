import { type Browser, chromium } from 'playwright-core'
import { packagedChromium } from '../../scripts/packaged-chromium.ts'

/**
 * A headless Chromium for a browser test, the one that `npm ci` brings. Launch one per file, in `beforeAll`, and close it in `afterAll`; each test takes a
 * context of its own (`browser.newContext()`). Its sandbox is off: it runs in containers, and the pages are ours.
 */
export async function launchChromium(switches: readonly string[] = []): Promise<Browser> {
  const { executablePath, fontConfig } = await packagedChromium()
  return chromium.launch({
    executablePath,
    headless: true,
    chromiumSandbox: false,
    args: ['--no-zygote', '--font-render-hinting=none', '--disable-gpu', ...switches],
    env: { ...definedOf(process.env), FONTCONFIG_FILE: fontConfig },
  })
}

function definedOf(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])))
}
