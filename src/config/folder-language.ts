import path from 'node:path'

/** The languages that sites have a folder for; a folder called ml or cs more often holds machine learning or computer science. */
export const folderLanguages: ReadonlySet<string> = new Set(
  'en de fr es pt it nl sv da nb nn no fi pl sk sl hr sr bg ro hu el ru uk be tr ar fa he ur hi bn ta te th vi id ms zh ja ko ka hy az kk et lv lt ca eu gl cy mk sq sw ne'.split(
    ' ',
  ),
)

/** The language that a content folder's own path names, as `ja/blog` or `content/pt-br` do: the folder itself or the one above it. Null: none. */
export function languageOfFolder(folder: string): string | null {
  const named = folder.split(path.sep).slice(-2)
  const found = named.find(name => /^[a-z]{2}(?:-[a-z]{2,4})?$/i.test(name) && folderLanguages.has(name.slice(0, 2).toLowerCase()))
  return found?.toLowerCase() ?? null
}
