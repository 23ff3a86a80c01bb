import { isAbsolute, join, relative, sep } from 'node:path'
import { shippedTemplates } from './shipped-templates.ts'

/**
 * A file as the user would name it: relative to `root` when inside it, with forward slashes; a file of the package as `news-digest/templates/…`;
 * any other by its absolute path.
 */
export function displayPath(path: string, root: string): string {
  const shipped = inside(path, shippedTemplates)
  const shown = inside(path, root) ?? (shipped === null ? path : join('news-digest', 'templates', shipped))
  return shown.split(sep).join('/')
}

function inside(path: string, folder: string): string | null {
  const way = relative(folder, path)
  return way === '' || /^\.\.(?:[/\\]|$)/.test(way) || isAbsolute(way) ? null : way
}
