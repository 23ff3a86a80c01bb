// A list has few languages, and asking Intl takes longer than all the rest of a row.
const knownLanguages = new Map<string, string | null | undefined>([['', null]])
const rememberedLanguages = 1000

/** A language tag in its usual spelling; null without one; undefined for what is none. */
export function languageOf(text: string): string | null | undefined {
  if (knownLanguages.has(text)) return knownLanguages.get(text)
  const language = canonicalLanguage(text.trim().replaceAll('_', '-'))
  if (knownLanguages.size < rememberedLanguages) knownLanguages.set(text, language)
  return language
}

function canonicalLanguage(tag: string): string | null | undefined {
  if (tag === '') return null
  if (!/^[a-z]{2,3}(?:-[a-z0-9]{2,8})*$/i.test(tag)) return undefined
  try {
    return Intl.getCanonicalLocales(tag)[0]
  } catch {
    return undefined
  }
}
