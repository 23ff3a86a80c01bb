import { realpath, stat } from 'node:fs/promises'
import { join, sep } from 'node:path'
import { assetPaths } from './site-pictures.ts'

/** A picture of the site found in the folder of its assets. */
export interface FoundPicture {
  readonly address: string
  /** Absolute. */
  readonly file: string
  /** Relative to the assets, forward slashes. */
  readonly path: string
}

/** Looks the site's pictures up in `assets` (absolute). One that is not there, or leads out of the folder, comes back as missing. */
export async function readPictures(
  addresses: readonly string[],
  siteUrl: string,
  assets: string,
): Promise<{ readonly found: readonly FoundPicture[]; readonly missing: readonly string[] }> {
  const looked = await Promise.all(addresses.map(async address => ({ address, picture: await findPicture(address, siteUrl, assets) })))
  return {
    found: looked.flatMap(each => each.picture ?? []),
    missing: looked.filter(each => each.picture === null).map(each => each.address),
  }
}

async function findPicture(address: string, siteUrl: string, assets: string): Promise<FoundPicture | null> {
  for (const path of assetPaths(address, siteUrl)) {
    const file = await fileInside(assets, path)
    if (file !== null) return { address, file, path }
  }
  return null
}

/** The file at `path` inside a folder, absolute; null where there is none, or where it leads out of the folder. */
export async function fileInside(folder: string, path: string): Promise<string | null> {
  try {
    const [root, file] = await Promise.all([realpath(folder), realpath(join(folder, path))])
    return file.startsWith(root + sep) && (await stat(file)).isFile() ? file : null
  } catch {
    return null
  }
}
