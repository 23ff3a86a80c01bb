import { constants } from 'node:fs'
import { access, stat } from 'node:fs/promises'
import type { Browser } from 'playwright-core'
import { UserError } from '../../errors.ts'
import { findBrowser } from './find-browser.ts'

/** How a browser is started. */
export interface LaunchOptions {
  /** Whether its pages may reach the network at all. */
  readonly network: boolean
  readonly env: Readonly<Record<string, string | undefined>>
}

/** Switches that make a picture the same again: no hinting or subpixels of this screen, no animated pictures, no graphics card. */
const steady = [
  '--font-render-hinting=none',
  '--disable-font-subpixel-positioning',
  '--disable-lcd-text',
  '--disable-gpu',
  '--force-color-profile=srgb',
  // The last of these switches counts: the first four settings are Playwright's own, for a mouse.
  '--blink-settings=primaryHoverType=2,availableHoverTypes=2,primaryPointerType=4,availablePointerTypes=4,imageAnimationPolicy=2',
]

// Nothing has an address then, not even numbers: what a page asks for without a request that could be stopped (dns-prefetch, preconnect) fails, too.
const cutOff = ['--host-resolver-rules=MAP * ~NOTFOUND', '--no-pings', '--disable-domain-reliability']

/**
 * Starts the installed browser without a window, in its sandbox; as root there is none, for Chromium refuses to start in it.
 * Throws UserError `browser-missing` or `browser-unusable`.
 */
export async function launchBrowser({ network, env }: LaunchOptions): Promise<Browser> {
  const { chromium } = await import('playwright-core')
  const machine = { platform: process.platform, env, isProgram, downloads: downloadPlaces(() => chromium.executablePath()) }
  const executablePath = await findBrowser(machine)
  try {
    return await chromium.launch({
      executablePath,
      headless: true,
      chromiumSandbox: process.getuid?.() !== 0,
      args: [...steady, ...(network ? [] : cutOff)],
      env: definedOf(env),
      timeout: 30_000,
      // Playwright would end the process by itself, after errors of whatever is under way.
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
    })
  } catch (error) {
    throw unusable(executablePath, error)
  }
}

// Playwright knows where its own download would be, and throws on systems that it has none for.
function downloadPlaces(ask: () => string): readonly string[] {
  try {
    return [ask()]
  } catch {
    return []
  }
}

async function isProgram(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK)
    return (await stat(path)).isFile()
  } catch {
    return false
  }
}

function unusable(path: string, error: unknown): UserError {
  const text = error instanceof Error ? error.message : String(error)
  const sandbox = /sandboxing failed|No usable sandbox/i.test(text)
  const reason = /\[err\] (.+)/.exec(text)?.[1] ?? /.*/.exec(text)?.[0] ?? ''
  return new UserError({
    code: 'browser-unusable',
    message: sandbox ? 'the browser cannot set up its sandbox here' : 'the browser does not start',
    place: { file: path },
    got: reason.slice(0, 200),
    hint: sandbox
      ? 'Allow user namespaces for it, or install Chrome or Chromium from a package (its sandbox has the rights that it needs).'
      : 'Try to start it by hand; a newer version, or another browser in CHROMIUM_PATH, may help.',
  })
}

function definedOf(env: LaunchOptions['env']): Record<string, string> {
  return Object.fromEntries(Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])))
}
