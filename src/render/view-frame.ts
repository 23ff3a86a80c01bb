/** What every email shows, whatever it is about: who publishes, the brand, the way it is written. */

import type { Config } from '../config/config.ts'
import { cleanLine } from '../content/clean-text.ts'
import { resolveUrl } from '../content/post-url.ts'
import { readableOn } from './contrast.ts'
import { safeUrl } from './safe-url.ts'
import type { View } from './view-shape.ts'

/** The fields of a view that do not depend on what an email is about. */
export type ViewFrame = Pick<View, 'language' | 'direction' | 'align' | 'alignEnd' | 'preheaderPadding' | 'publication' | 'brand'>

/** The frame of an email in one language. */
export function makeFrame(
  config: Config,
  { language, direction }: { readonly language: string; readonly direction: 'ltr' | 'rtl' },
): ViewFrame {
  return {
    language,
    direction,
    align: direction === 'rtl' ? 'right' : 'left',
    alignEnd: direction === 'rtl' ? 'left' : 'right',
    preheaderPadding,
    publication: makePublication(config),
    brand: makeBrand(config),
  }
}

/** The site's address with a slash at its end, to resolve others against. */
export function siteBase({ site }: Config): string {
  return site.url.endsWith('/') ? site.url : `${site.url}/`
}

// Invisible characters after the preheader, or a mail program's list goes on with the first words of the body. The joiner and the no-break space
// alternate because Gmail folds a run of one of them. https://www.litmus.com/blog/the-little-known-preview-text-hack-you-may-want-to-use-in-every-email
const preheaderPadding = '\u034f\u200c\u00a0'.repeat(90)

function makePublication(config: Config): View['publication'] {
  const lines = (config.sender.address ?? '')
    .split(/\r?\n/)
    .map(cleanLine)
    .filter(line => line !== '')
  return {
    name: cleanLine(config.site.name),
    url: safeUrl(config.site.url, config.site.url) ?? config.site.url,
    address: lines.length === 0 ? null : lines.join(', '),
    addressLines: lines,
  }
}

function makeBrand(config: Config): View['brand'] {
  const { accent, accentDark, font, headingFont, logo } = config.brand
  const src = logo === undefined ? null : resolveUrl(siteBase(config), logo.src, 'picture')
  return {
    accent,
    accentDark,
    onAccent: readableOn(accent),
    onAccentDark: readableOn(accentDark),
    font: fontStack(font),
    headingFont: fontStack(headingFont ?? font),
    logo:
      logo === undefined || src === null
        ? null
        : {
            src,
            dark: logo.dark === undefined ? null : resolveUrl(siteBase(config), logo.dark, 'picture'),
            alt: cleanLine(logo.alt ?? config.site.name),
            width: logo.width,
          },
  }
}

// Names of fonts need no quotes in CSS, and without them a stack can stand in a style sheet and in an attribute alike.
function fontStack(stack: string): string {
  return stack.replace(/[^\p{L}\p{N} ,_-]/gu, '').replace(/\s*,\s*/g, ',')
}
