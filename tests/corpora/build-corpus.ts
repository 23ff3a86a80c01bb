import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const command = fileURLToPath(new URL('../../dist/cli.js', import.meta.url))

/** The folder of real blogs; null where none is named, and then these tests are skipped. */
export const corpora: string | null = process.env.CORPORA ? path.resolve(process.env.CORPORA) : null

/** Says why nothing was tested: the one place where tests may be skipped. */
export function reportSkipped(what: string): void {
  if (corpora === null) console.log(`skipped: ${what} (CORPORA names no folder of real blogs)`)
}

/** A sentence of a summary as `--json` prints it. */
export interface PrintedPassage {
  readonly text: string
  readonly source: { readonly kind: string; readonly index?: number; readonly block?: number }
}

/** The object that `build --json` prints, as far as issue and documentation promise it. */
export interface PrintedBuild {
  readonly edition: {
    readonly id: string
    readonly items: readonly {
      readonly post: { readonly slug: string; readonly title: string }
      readonly summary: {
        readonly lead: PrintedPassage | null
        readonly points: readonly (PrintedPassage & { readonly question: string | null })[]
      }
    }[]
  } | null
  readonly selection: readonly { readonly slug: string; readonly decision: string; readonly reason: string }[]
  readonly problems: readonly { readonly code: string; readonly message: string; readonly place?: { readonly file: string } }[]
  readonly files: readonly string[]
  readonly bytes: number
}

/** What became of one run of the built command. */
export interface CorpusBuild {
  readonly exitCode: number | null
  readonly stderr: string
  readonly printed: PrintedBuild
  /** `index.html`, the email with a sample recipient, and `email.txt`; empty where nothing was written. */
  readonly html: string
  readonly text: string
}

/** Builds an edition of a folder under CORPORA with the built command, in a folder of its own that is gone afterwards. */
export async function buildCorpus(folder: string, ...args: readonly string[]): Promise<CorpusBuild> {
  if (!existsSync(command)) throw new Error('dist/cli.js is missing: run "npm run build" first')
  const cwd = await mkdtemp(path.join(tmpdir(), 'news-digest-corpus-'))
  try {
    const content = path.join(corpora ?? '', folder)
    const flags = ['--content', content, '--site-url', 'https://blog.example', '--out', path.join(cwd, 'out'), '--json']
    const { exitCode, stdout, stderr } = await run(cwd, ['build', ...args, ...flags])
    const printed: PrintedBuild = JSON.parse(stdout)
    if (!Array.isArray(printed.files)) throw new Error(`build ended with ${exitCode}: ${stdout.slice(0, 2000)}`)
    const written = (name: string) => {
      const file = printed.files.find(each => path.basename(path.dirname(each)) === printed.edition?.id && path.basename(each) === name)
      return file === undefined ? Promise.resolve('') : readFile(path.resolve(cwd, file), 'utf8')
    }
    return { exitCode, stderr, printed, html: await written('index.html'), text: await written('email.txt') }
  } finally {
    await rm(cwd, { recursive: true, force: true })
  }
}

function run(cwd: string, args: readonly string[]): Promise<{ exitCode: number | null; stdout: string; stderr: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [command, ...args], { cwd, stdio: ['ignore', 'pipe', 'pipe'] })
    let stdout = ''
    let stderr = ''
    child.stdout.setEncoding('utf8').on('data', chunk => {
      stdout += chunk
    })
    child.stderr.setEncoding('utf8').on('data', chunk => {
      stderr += chunk
    })
    child.on('error', reject)
    child.on('close', exitCode => resolve({ exitCode, stdout, stderr }))
  })
}
