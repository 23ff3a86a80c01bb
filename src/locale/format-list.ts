// CLDR sets an invisible direction mark after the Persian comma; in a subject it would only be a control character.
const directionMarks = /[\u200e\u200f]/g

/** Things in one phrase, as the language lists them: `a, b, and c`, `a, b und c`, `a، b و c`. */
export function formatList(things: readonly string[], language: string): string {
  return new Intl.ListFormat(language, { style: 'long', type: 'conjunction' }).format(things).replace(directionMarks, '')
}
