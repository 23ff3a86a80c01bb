/** The filled text template without what its blocks left behind: blanks at line ends, more than one empty line in a row, empty lines at both ends. */
export function tidyText(text: string): string {
  const lines = text.replace(/(?<![ \t])[ \t]+$/gm, '').replace(/\n{3,}/g, '\n\n')
  return `${lines.trim()}\n`
}
