const rightToLeft = new Set(['ar', 'arc', 'ckb', 'dv', 'fa', 'he', 'ps', 'sd', 'ug', 'ur', 'yi'])

/** The way a language is written. A script in the tag decides before the language does: `az-Arab` is written from the right. */
export function directionOf(language: string): 'ltr' | 'rtl' {
  const [primary = '', ...more] = language.toLowerCase().split('-')
  const script = more.find(part => part.length === 4)
  if (script !== undefined) return ['arab', 'hebr', 'thaa', 'syrc', 'nkoo', 'adlm'].includes(script) ? 'rtl' : 'ltr'
  return rightToLeft.has(primary) ? 'rtl' : 'ltr'
}
