/** Watches one path: the files of a folder, or a file. */

import { stat } from 'node:fs/promises'
import { setTimeout } from 'node:timers/promises'
import { type FSWatcher, watch } from 'chokidar'

/** What of a path is watched, and who is told. */
export interface WatcherOptions {
  readonly accepts: (path: string) => boolean
  readonly onChange: (path: string) => void
  /** How many folders deep; all by default. */
  readonly depth?: number
}

/** How often a path is asked whether it is still the one that is watched, in milliseconds. */
const lookEvery = 400

/**
 * Begins to watch a path, there or not yet, and resolves when every change from then on will be reported. A folder that goes, comes, or has another put
 * into its place is a change of that path, and watched anew: a watch of the system ends with the folder that it began with.
 */
export async function watchPath(path: string, options: WatcherOptions): Promise<{ readonly close: () => Promise<void> }> {
  let identity = await identityOf(path)
  // What has gone is no longer watched, even where the same folder is put back before one looks.
  const onGone = () => {
    identity = 'nothing'
  }
  let watcher = await startWatcher(path, options, onGone)
  const closing = new AbortController()
  const lookAgain = async () => {
    const now = await identityOf(path)
    if (now === identity) return
    identity = now
    await watcher.close()
    watcher = await startWatcher(path, options, onGone)
    options.onChange(path)
  }
  const looking = (async () => {
    while (await waited(lookEvery, closing.signal)) await lookAgain()
  })()
  return {
    close: async () => {
      closing.abort()
      await looking
      await watcher.close()
    },
  }
}

/** True after so many milliseconds, false at once when the signal is aborted. */
function waited(milliseconds: number, signal: AbortSignal): Promise<boolean> {
  return setTimeout(milliseconds, true, { signal, ref: false }).catch(() => false)
}

/** The same as long as the same folder stands there; the number of one that has gone may be given to the next. Files are replaced whenever they are saved, which a watch survives. */
async function identityOf(path: string): Promise<string> {
  const found = await stat(path, { bigint: true }).catch(() => null)
  if (found === null) return 'nothing'
  return found.isDirectory() ? `folder ${found.dev}.${found.ino}.${found.birthtimeNs}` : 'file'
}

/** Tells, too, when the folder itself goes: its watch is over then. */
async function startWatcher(path: string, { accepts, onChange, depth }: WatcherOptions, onGone: () => void): Promise<FSWatcher> {
  const start = (usePolling: boolean): Promise<FSWatcher> => {
    const watcher = watch(path, {
      ignored: each => !accepts(each),
      ignoreInitial: true,
      usePolling,
      interval: 250,
      ...(depth === undefined ? {} : { depth }),
    })
    watcher.on('all', (event, changed) => {
      if (event === 'unlinkDir' && changed === path) onGone()
      onChange(changed)
    })
    return new Promise(resolve => {
      watcher.once('ready', () => resolve(watcher))
      // The system may have no watches left (ENOSPC, EMFILE): then files are looked at four times a second.
      watcher.on('error', () => {
        if (!usePolling) resolve(watcher.close().then(() => start(true)))
      })
    })
  }
  return start(false)
}
