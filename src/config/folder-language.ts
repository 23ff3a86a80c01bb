import path from 'node:path'

// The languages that sites have a folder for; a folder called ml or cs more often holds machine learning or computer science.
const folderLanguages = new Set(
  'ar bg bn ca cs da de el en es et eu fa fi fr gl he hi hr hu id it ja ko lt lv ms nb nl nn no pl pt ro ru sk sl sr sv th tr uk ur vi zh'.split(
    ' ',
  ),
)

/** The language that a content folder's own path names, as `ja/blog` or `content/pt-br` do: the folder itself or the one above it. Null: none. */
export function languageOfFolder(folder: string): string | null {
  const named = folder.split(path.sep).slice(-2)
  const found = named.find(name => /^[a-z]{2}(?:-[a-z]{2,4})?$/i.test(name) && folderLanguages.has(name.slice(0, 2).toLowerCase()))
  return found?.toLowerCase() ?? null
}
