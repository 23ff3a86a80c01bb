/** Every run of white space (line breaks and no-break spaces too) becomes one blank, none at the ends: the form in which texts are compared. */
export function foldBlanks(text: string): string {
  return text.replace(/[^\S ]\s*|\s{2,}/gu, ' ').trim()
}
