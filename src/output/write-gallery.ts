import { existsSync } from 'node:fs'
import { readdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Edition } from '../edition/edition.ts'
import type { Problem } from '../errors.ts'
import type { Email } from '../render/email.ts'
import { usualBytes } from '../render/usual-values.ts'
import { type GalleryEntry, galleryMark, renderGallery } from './render-gallery.ts'
import { stageFolder } from './write-folder.ts'

/**
 * Writes `root/index.html`, the gallery of every edition found in `root`. A page there that is not ours stays, and a problem says so.
 * `shown` is `root` as the user would name it.
 */
export async function writeGallery(
  root: string,
  shown: string,
): Promise<{ readonly written: boolean; readonly problems: readonly Problem[] }> {
  const page = join(root, 'index.html')
  if (!(await isOurs(page))) return { written: false, problems: [foreignPage(join(shown, 'index.html'))] }
  const staging = stageFolder(root, 'gallery')
  try {
    const fresh = join(staging.path, 'index.html')
    await writeFile(fresh, renderGallery(await readGalleryEntries(root)))
    await rename(fresh, page)
  } finally {
    staging.discard()
  }
  return { written: true, problems: [] }
}

/** Every folder in `root` that holds an edition, in no particular order. What cannot be read as one is passed over. */
export async function readGalleryEntries(root: string): Promise<GalleryEntry[]> {
  const folders = (await readdir(root, { withFileTypes: true })).filter(entry => entry.isDirectory() && !entry.name.startsWith('.'))
  return (await Promise.all(folders.map(folder => readEntry(root, folder.name)))).flatMap(entry => entry ?? [])
}

async function readEntry(root: string, name: string): Promise<GalleryEntry | null> {
  try {
    const [text, email] = await Promise.all(['edition.json', 'email.json'].map(file => readFile(join(root, name, file), 'utf8')))
    if (text === undefined || email === undefined) return null
    const edition = JSON.parse(text) as Partial<Edition>
    const { id, subject, subjects, preheader, window, items, language, direction, template } = edition
    if (id !== name || typeof subject !== 'string' || !Array.isArray(items)) return null
    if (!isDay(window?.firstDay) || !isDay(window.lastDay)) return null
    return {
      id,
      subject,
      ...(typeof subjects?.[1] === 'string' ? { second: subjects[1] } : {}),
      preheader: typeof preheader === 'string' ? preheader : '',
      firstDay: window.firstDay,
      lastDay: window.lastDay,
      language: typeof language === 'string' ? language : 'en',
      direction: direction === 'rtl' ? 'rtl' : 'ltr',
      ...(typeof template === 'string' ? { template } : {}),
      posts: items.length,
      bytes: usualBytes((JSON.parse(email) as Email).html),
      ...(existsSync(join(root, name, 'shots', 'thumbnail.png')) ? { thumbnail: true } : {}),
    }
  } catch {
    return null
  }
}

function isDay(value: unknown): value is string {
  return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value))
}

async function isOurs(page: string): Promise<boolean> {
  try {
    return (await readFile(page, 'utf8')).includes(galleryMark)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return true
    throw error
  }
}

function foreignPage(file: string): Problem {
  return {
    code: 'output-unwritable',
    severity: 'warning',
    message: 'the gallery was not written: a page that news-digest did not make stands in its place',
    place: { file },
    hint: 'move the page away, or choose another folder with --out',
  }
}
