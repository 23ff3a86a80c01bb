/** `#000000` or `#ffffff`, whichever can be read better on a colour (WCAG 2.2, relative luminance). `colour` is `#rrggbb`. */
export function readableOn(colour: string): string {
  const [white, black] = [contrast(colour, '#ffffff'), contrast(colour, '#000000')]
  return white >= black ? '#ffffff' : '#000000'
}

/** The contrast ratio of two colours, 1 to 21. https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
export function contrast(one: string, other: string): number {
  const [light, dark] = [luminance(one), luminance(other)].toSorted((a, b) => b - a)
  return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05)
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map(begin => linear(Number.parseInt(colour.slice(begin, begin + 2), 16) / 255))
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function linear(channel: number): number {
  return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
}
