import { describe, expect, it } from 'vitest'
import { countWords } from '../../../src/content/markdown/count-words.ts'

describe('countWords()', () => {
  it('counts runs of letters and digits between blanks', () => {
    expect(countWords("It's a well-known e-mail of 1,000 words.")).toBe(7)
  })

  it('does not count dashes, marks and emoji', () => {
    expect(countWords('bees — and 🐝 & honey …')).toBe(3)
  })

  it('counts Persian, German and Korean by their blanks', () => {
    expect(countWords('می\u200cخواهم بدانم')).toBe(2)
    expect(countWords('Bienenstöcke übers Jahr')).toBe(3)
    expect(countWords('꿀벌은 일찍 일어난다')).toBe(3)
  })

  it('counts two Japanese or Chinese characters as a word, beside words in other scripts', () => {
    expect(countWords('蜂は朝に起きる')).toBe(4)
    expect(countWords('蜜蜂 API を使う')).toBe(4)
  })

  it('counts nothing in nothing', () => {
    expect(countWords(' \n\t')).toBe(0)
  })
})
