// What each feature of caniemail is recognised by in an email. src/inspect/clients/feature-keys.ts makes the same keys from elements and styles.

const explicit: Readonly<Record<string, readonly string[]>> = {
  'css-at-media': ['at:media'],
  'css-at-media-device-pixel-ratio': ['media:-webkit-device-pixel-ratio', 'media:-webkit-min-device-pixel-ratio'],
  'css-at-media-hover': ['media:hover', 'media:any-hover'],
  'css-block-inline-size': properties('block-size', 'inline-size'),
  'css-animation': properties('animation', 'animation-name', 'animation-duration'),
  'css-border': properties('border', ...sides('border'), 'border-width', 'border-style', 'border-color'),
  'css-border-inline-block': properties('border-inline', 'border-block'),
  'css-border-inline-block-individual': properties(...edges('border')),
  'css-border-inline-block-longhand': properties(
    ...['width', 'style', 'color'].flatMap(end => [`border-inline-${end}`, `border-block-${end}`]),
  ),
  'css-border-radius': properties(
    'border-radius',
    ...['top-left', 'top-right', 'bottom-left', 'bottom-right'].map(corner => `border-${corner}-radius`),
  ),
  'css-border-radius-logical': properties(...['start-start', 'start-end', 'end-start', 'end-end'].map(corner => `border-${corner}-radius`)),
  'css-column-layout-properties': properties('columns', 'column-width', 'column-fill', 'column-rule', 'column-span'),
  'css-comments': ['css-comment'],
  'css-display-flex': ['display:flex', 'display:inline-flex'],
  'css-display-grid': ['display:grid', 'display:inline-grid'],
  'css-display-none': ['display:none'],
  'css-flex-direction': ['flex-direction:column', 'flex-direction:column-reverse'],
  'css-flex-wrap': ['flex-wrap:wrap', 'flex-wrap:wrap-reverse'],
  'css-gap': properties('gap', 'column-gap', 'row-gap'),
  'css-grid-template': properties('grid-template', 'grid-template-areas', 'grid-template-columns', 'grid-template-rows'),
  'css-important': ['important'],
  'css-inert-attribute': ['attribute:inert'],
  'css-intrinsic-size': ['value:fit-content', 'value:min-content', 'value:max-content'],
  'css-left-right-top-bottom': properties('left', 'right', 'top', 'bottom'),
  'css-linear-gradient': ['function:linear-gradient', 'function:repeating-linear-gradient'],
  'css-radial-gradient': ['function:radial-gradient', 'function:repeating-radial-gradient'],
  'css-conic-gradient': ['function:conic-gradient', 'function:repeating-conic-gradient'],
  'css-margin': properties('margin', ...sides('margin')),
  'css-margin-block-start-end': properties('margin-block-start', 'margin-block-end'),
  'css-margin-inline-block': properties('margin-inline', 'margin-block'),
  'css-margin-inline-start-end': properties('margin-inline-start', 'margin-inline-end'),
  'css-modern-color': ['function:lch', 'function:oklch', 'function:lab', 'function:oklab'],
  'css-nesting': ['css-nesting'],
  'css-outline': properties('outline', 'outline-width', 'outline-style', 'outline-color'),
  'css-overflow': properties('overflow', 'overflow-x', 'overflow-y'),
  'css-padding': properties('padding', ...sides('padding')),
  'css-padding-block-start-end': properties('padding-block-start', 'padding-block-end'),
  'css-padding-inline-block': properties('padding-inline', 'padding-block'),
  'css-padding-inline-start-end': properties('padding-inline-start', 'padding-inline-end'),
  'css-rgb': ['function:rgb'],
  'css-rgba': ['function:rgba'],
  'css-scroll-snap': properties('scroll-snap-type', 'scroll-snap-align'),
  'css-sytem-ui': ['value:system-ui', 'value:ui-serif', 'value:ui-sans-serif', 'value:ui-rounded', 'value:ui-monospace'],
  'css-text-emphasis': properties('text-emphasis', 'text-emphasis-style', 'text-emphasis-color'),
  'css-transition': properties('transition', 'transition-property', 'transition-duration'),
  'css-unit-calc': ['function:calc'],
  'css-unit-initial': ['value:initial'],
  'css-unit-percent': ['unit:%'],
  'css-variables': ['function:var', 'property:--'],
  'html-anchor-links': ['href:#'],
  'html-button-reset': ['element:button[type=reset]'],
  'html-button-submit': ['element:button[type=submit]'],
  'html-comments': ['comment'],
  'html-doctype': ['doctype'],
  'html-h1-h6': ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map(name => `element:${name}`),
  'html-image-maps': ['element:map'],
  'html-lists': ['element:ul', 'element:ol', 'element:dl'],
  'html-loading-attribute': ['attribute:loading'],
  'html-mailto-links': ['href:mailto'],
  'html-meta-color-scheme': ['meta:color-scheme', 'meta:supported-color-schemes'],
  'html-semantics': [
    'article',
    'aside',
    'details',
    'figcaption',
    'figure',
    'footer',
    'header',
    'main',
    'mark',
    'nav',
    'section',
    'summary',
    'time',
  ].map(name => `element:${name}`),
  'html-srcset': ['attribute:srcset', 'attribute:sizes'],
  'image-base64': ['image:data'],
  'image-heif': ['image:heif', 'image:heic'],
  'image-jpg': ['image:jpg', 'image:jpeg'],
  'image-tiff': ['image:tiff', 'image:tif'],
}

const attributes = new Set(
  'align background cellpadding cellspacing dir height hidden lang popover required role target valign width'.split(' '),
)

/** The keys that tell a feature, or none for what no email's HTML shows (AMP, BIMI). */
export function keysOf(slug: string): readonly string[] {
  const own = explicit[slug]
  if (own !== undefined) return own
  const named =
    /^(css-at-media|css-at|css-pseudo-(?:class|element)|css-selector|css-unit|css-function|css|html-input|html|image)-(.+)$/.exec(slug)
  if (named === null) return []
  const [, family = '', name = ''] = named
  switch (family) {
    case 'css-at-media':
      return [`media:${name}`]
    case 'css-at':
      return [`at:${name}`]
    case 'css-pseudo-class':
    case 'css-pseudo-element':
      return [`pseudo:${name}`]
    case 'css-selector':
      return [`selector:${name}`]
    case 'css-unit':
      return [`unit:${name}`]
    case 'css-function':
      return [`function:${name}`]
    case 'css':
      return [`property:${name}`]
    case 'html-input':
      return [`element:input[type=${name}]`]
    case 'image':
      return [`image:${name}`]
    default:
      return [attributes.has(name) || name.startsWith('aria-') ? `attribute:${name}` : `element:${name}`]
  }
}

function properties(...names: readonly string[]): string[] {
  return names.map(name => `property:${name}`)
}

function sides(property: string): string[] {
  return ['top', 'right', 'bottom', 'left'].map(side => `${property}-${side}`)
}

function edges(property: string): string[] {
  return ['inline-start', 'inline-end', 'block-start', 'block-end'].map(edge => `${property}-${edge}`)
}
