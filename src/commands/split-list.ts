/** The values of a flag that takes several, with blanks or with commas between them. */
export function splitList(given: readonly string[]): readonly string[] {
  return given
    .flatMap(each => each.split(','))
    .map(each => each.trim())
    .filter(each => each !== '')
}
