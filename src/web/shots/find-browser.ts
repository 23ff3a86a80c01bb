/** Looks for a browser that is installed: Chromium, Chrome or Edge. */

import { posix, win32 } from 'node:path'
import { UserError } from '../../errors.ts'

/** What is known of the machine. */
export interface Machine {
  readonly platform: NodeJS.Platform
  readonly env: Readonly<Record<string, string | undefined>>
  /** Whether a path leads to a program that may be run. */
  readonly isProgram: (path: string) => Promise<boolean>
  /** Places to look at after all others: where a package manager of Node's puts a browser. */
  readonly downloads?: readonly string[]
}

/**
 * The path of a browser: what CHROMIUM_PATH names, else the first found of the usual places, the programs on PATH, and `downloads`.
 * Throws UserError `browser-missing`, which says how to get one.
 */
export async function findBrowser(machine: Machine): Promise<string> {
  const { CHROMIUM_PATH: named } = machine.env
  if (named !== undefined && named !== '') {
    if (await machine.isProgram(named)) return named
    throw new UserError({
      code: 'browser-missing',
      message: 'CHROMIUM_PATH names no program that can be run',
      expected: 'the full path of Chromium, Chrome or Edge',
      got: named.length > 200 ? `${named.slice(0, 199)}…` : named,
      hint: 'Correct the variable, or unset it: the usual places are searched then.',
    })
  }
  for (const candidate of browserPlaces(machine)) if (await machine.isProgram(candidate)) return candidate
  throw new UserError({
    code: 'browser-missing',
    message: 'there is no browser to take pictures with',
    expected: 'Chromium, Chrome or Edge in one of the usual places or on PATH, or its path in CHROMIUM_PATH',
    hint: howToGet(machine.platform),
  })
}

/** Every path that is looked at, in order. */
export function browserPlaces({ platform, env, downloads = [] }: Machine): readonly string[] {
  return [...new Set([...usualPlaces(platform, env), ...pathPlaces(platform, env), ...downloads])]
}

function usualPlaces(platform: NodeJS.Platform, env: Machine['env']): string[] {
  if (platform === 'win32') return windowsPlaces(env)
  if (platform === 'darwin') return macPlaces(env)
  return [
    '/usr/bin/chromium',
    '/usr/lib/chromium/chromium',
    '/usr/bin/google-chrome-stable',
    '/opt/google/chrome/chrome',
    '/usr/bin/microsoft-edge-stable',
    '/opt/microsoft/msedge/msedge',
  ]
}

function macPlaces({ HOME }: Machine['env']): string[] {
  const programs = ['Chromium', 'Google Chrome', 'Microsoft Edge']
  const folders = ['/Applications', ...(HOME ? [posix.join(HOME, 'Applications')] : [])]
  return programs.flatMap(name => folders.map(folder => posix.join(folder, `${name}.app`, 'Contents', 'MacOS', name)))
}

function windowsPlaces(env: Machine['env']): string[] {
  const folders = [env.ProgramFiles, env['ProgramFiles(x86)'], env.LOCALAPPDATA].filter(folder => folder !== undefined && folder !== '')
  const programs = [
    ['Chromium', 'Application', 'chrome.exe'],
    ['Google', 'Chrome', 'Application', 'chrome.exe'],
    ['Microsoft', 'Edge', 'Application', 'msedge.exe'],
  ]
  return programs.flatMap(program => folders.map(folder => win32.join(folder ?? '', ...program)))
}

const names = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'chrome',
  'microsoft-edge-stable',
  'microsoft-edge',
  'msedge',
]

// An empty or relative entry of PATH means the working folder: a program there is not an installed one.
function pathPlaces(platform: NodeJS.Platform, env: Machine['env']): string[] {
  const path = platform === 'win32' ? win32 : posix
  const folders = (env.PATH ?? env.Path ?? '').split(path.delimiter).filter(folder => path.isAbsolute(folder))
  const ending = platform === 'win32' ? '.exe' : ''
  return names.flatMap(name => folders.map(folder => path.join(folder, `${name}${ending}`)))
}

function howToGet(platform: NodeJS.Platform): string {
  const ways: Partial<Record<NodeJS.Platform, string>> = {
    linux: 'Install one ("apt install chromium", "dnf install chromium", "pacman -S chromium")',
    darwin: 'Install one ("brew install --cask google-chrome")',
    win32: 'Install one ("winget install Google.Chrome"; Edge is usually there already)',
  }
  return `${ways[platform] ?? 'Install Chromium'}, or run "npx playwright-core install chromium-headless-shell", or set CHROMIUM_PATH to the one you have.`
}
