import { describe, expect, it } from 'vitest'
import { UserError } from '../../../src/errors.ts'
import { browserPlaces, findBrowser, type Machine } from '../../../src/web/shots/find-browser.ts'

/** A machine on which only these programs are installed. */
function machineWith(programs: readonly string[], changes: Partial<Machine> = {}): Machine {
  return { platform: 'linux', env: { PATH: '/usr/local/bin:/usr/bin' }, isProgram: async path => programs.includes(path), ...changes }
}

async function problemOf(machine: Machine) {
  const error = await findBrowser(machine).catch(thrown => thrown)
  if (!(error instanceof UserError)) throw error
  return error.problems[0]
}

describe('findBrowser()', () => {
  it('takes the program that CHROMIUM_PATH names before any other', async () => {
    const machine = machineWith(['/opt/mine/chrome', '/usr/bin/chromium'], { env: { CHROMIUM_PATH: '/opt/mine/chrome', PATH: '/usr/bin' } })
    expect(await findBrowser(machine)).toBe('/opt/mine/chrome')
  })

  it('says so when CHROMIUM_PATH names no program, and takes no other in silence', async () => {
    const problem = await problemOf(machineWith(['/usr/bin/chromium'], { env: { CHROMIUM_PATH: '/nowhere/chrome' } }))
    expect(problem).toMatchObject({ code: 'browser-missing', got: '/nowhere/chrome', message: expect.stringContaining('CHROMIUM_PATH') })
  })

  it('takes an empty CHROMIUM_PATH for none', async () => {
    expect(await findBrowser(machineWith(['/usr/bin/chromium'], { env: { CHROMIUM_PATH: '' } }))).toBe('/usr/bin/chromium')
  })

  it.each([
    ['linux', {}, '/opt/google/chrome/chrome'],
    ['linux', {}, '/opt/microsoft/msedge/msedge'],
    ['linux', { PATH: '/snap/bin' }, '/snap/bin/chromium'],
    ['linux', { PATH: '/usr/bin' }, '/usr/bin/chromium-browser'],
    ['freebsd', { PATH: '/usr/local/bin' }, '/usr/local/bin/chrome'],
    ['darwin', {}, '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'],
    ['darwin', { HOME: '/Users/ada' }, '/Users/ada/Applications/Chromium.app/Contents/MacOS/Chromium'],
    ['darwin', { PATH: '/opt/homebrew/bin' }, '/opt/homebrew/bin/chromium'],
    ['win32', { 'ProgramFiles(x86)': 'C:\\Program Files (x86)' }, 'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe'],
    [
      'win32',
      { LOCALAPPDATA: 'C:\\Users\\ada\\AppData\\Local' },
      'C:\\Users\\ada\\AppData\\Local\\Google\\Chrome\\Application\\chrome.exe',
    ],
    ['win32', { Path: 'C:\\Windows;D:\\tools' }, 'D:\\tools\\chrome.exe'],
  ] as const)('finds on %s with %o %s', async (platform, env, program) => {
    expect(await findBrowser(machineWith([program], { platform, env }))).toBe(program)
  })

  it('takes what was downloaded for Node only when nothing is installed', async () => {
    const downloads = ['/home/ada/.cache/ms-playwright/chrome']
    expect(await findBrowser(machineWith([...downloads, '/usr/bin/microsoft-edge'], { downloads }))).toBe('/usr/bin/microsoft-edge')
    expect(await findBrowser(machineWith(downloads, { downloads }))).toBe(downloads[0])
  })

  it.each([
    ['linux', 'apt install chromium'],
    ['darwin', 'brew install --cask google-chrome'],
    ['win32', 'winget install Google.Chrome'],
    ['freebsd', 'Install Chromium'],
  ] as const)('says on %s how to get one when there is none: %s', async (platform, way) => {
    const problem = await problemOf(machineWith([], { platform, env: {} }))
    expect(problem.code).toBe('browser-missing')
    expect(problem.hint).toContain(way)
    expect(problem.hint).toContain('CHROMIUM_PATH')
  })
})

describe('browserPlaces()', () => {
  it('never looks into the working folder, whatever PATH says', () => {
    const places = browserPlaces(machineWith([], { env: { PATH: ':.:bin:/usr/bin' } }))
    expect(places.filter(place => !place.startsWith('/'))).toEqual([])
  })

  it('looks at each place once', () => {
    const places = browserPlaces(machineWith([], { env: { PATH: '/usr/bin:/usr/bin' } }))
    expect(new Set(places).size).toBe(places.length)
  })
})
