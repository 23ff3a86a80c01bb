import { excerpt } from '../excerpt.ts'
import type { Complaint, Rule } from '../finding.ts'
import { shownPictures } from '../shown-pictures.ts'

/** Bytes: on a slow phone (1.6 Mbit/s) a second and a half, and five seconds. */
const heaviest = 300_000
const heaviestSum = 1_000_000

/** Pictures that can be looked at are light: 300 kB each, 1 MB together. */
export const pictureWeight: Rule = {
  name: 'picture-weight',
  inspect(inspected) {
    const pictures = shownPictures(inspected)
    const heavy = pictures
      .filter(({ facts }) => facts.bytes > heaviest)
      .map(
        ({ element, address, facts }): Complaint => ({
          severity: 'warning',
          message: `a picture has ${kilobytes(facts.bytes)}: on a slow phone it is still loading when the email is closed`,
          place: { part: 'html', excerpt: excerpt(address), at: element, quote: address },
          help: `save it as JPEG or PNG of twice the width it is shown with, below ${kilobytes(heaviest)}`,
        }),
      )
    const sum = pictures.reduce((bytes, { facts }) => bytes + facts.bytes, 0)
    if (heavy.length > 0 || sum <= heaviestSum) return heavy
    return [
      {
        severity: 'warning',
        message: `the pictures have ${kilobytes(sum)} together: on a slow phone they are still loading when the email is closed`,
        place: { part: 'html', excerpt: null },
        help: `save them smaller, or show fewer: ${kilobytes(heaviestSum)} together is enough`,
      },
    ]
  },
}

function kilobytes(bytes: number): string {
  return `${Math.round(bytes / 1000).toLocaleString('en')} kB`
}
