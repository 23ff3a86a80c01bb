import { formatNumber } from './format-number.ts'

/** `1 post`, `2 posts`, `3,000 posts`; `2 addresses` where the plural is given. */
export function count(number: number, noun: string, plural = `${noun}s`): string {
  return `${formatNumber(number)} ${number === 1 ? noun : plural}`
}
