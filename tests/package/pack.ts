import { execFile } from 'node:child_process'
import { chmod, mkdir, readFile, symlink } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const root = fileURLToPath(new URL('../..', import.meta.url))
const run = promisify(execFile)

/**
 * Packs the checkout as npm would publish it (dist/ as it was built, without building again beside other tests), unpacks it into
 * `<folder>/node_modules/news-digest`, and gives it the packages that users get with it: those of `dependencies`, and no others. Returns the files packed.
 */
export async function installPacked(folder: string): Promise<readonly string[]> {
  const packed = await run('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', folder], {
    cwd: root,
    env: npmEnvironment(folder),
  })
  const [tarball] = JSON.parse(packed.stdout) as [{ filename: string; files: { path: string }[] }]
  const installed = path.join(folder, 'node_modules', 'news-digest')
  await mkdir(installed, { recursive: true })
  await run('tar', ['-xzf', path.join(folder, tarball.filename), '-C', installed, '--strip-components=1'])
  // npm makes what `bin` names executable.
  await chmod(path.join(installed, 'dist', 'cli.js'), 0o755)
  await linkDependencies(path.join(folder, 'node_modules'))
  return tarball.files.map(file => file.path)
}

/** Nothing of the person who runs the tests: npm's cache in the folder, no questions, no network. */
export function npmEnvironment(folder: string): NodeJS.ProcessEnv {
  const npm = Object.keys(process.env).filter(name => /^npm_/i.test(name))
  const clean = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !npm.includes(name) && !/^(CI|NO_COLOR|FORCE_COLOR|NODE_OPTIONS|VITEST.*)$/.test(name)),
  )
  return {
    ...clean,
    npm_config_cache: path.join(folder, '.npm'),
    npm_config_offline: 'true',
    npm_config_update_notifier: 'false',
    npm_config_loglevel: 'error',
  }
}

async function linkDependencies(nodeModules: string): Promise<void> {
  const lock = JSON.parse(await readFile(path.join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { dependencies?: object }>
  }
  await mkdir(path.join(nodeModules, '.bin'), { recursive: true })
  await symlink(path.join('..', 'news-digest', 'dist', 'cli.js'), path.join(nodeModules, '.bin', 'news-digest'))
  for (const name of Object.keys(lock.packages['']?.dependencies ?? {})) {
    await mkdir(path.dirname(path.join(nodeModules, name)), { recursive: true })
    await symlink(path.join(root, 'node_modules', name), path.join(nodeModules, name))
  }
}
