/** What a reader loses where a feature is not supported. */

/** `content` is missing or unreadable, `layout` falls apart, or the email only `looks` plainer. */
export type Consequence = 'content' | 'layout' | 'looks'

const content = [
  /^html-(?:audio|video|form|input-|button-|select|textarea|object|svg|progress|meter|dialog|popover|marquee|image-maps|base|link|anchor-links)/,
  /^image-(?!png|jpg|gif)/,
]

const layout = [
  /^css-(?:display|flex|grid|gap|align-items|justify-content|float|clear|position|inset|left-right|column|writing-mode|nesting|variables|box-sizing)/,
  /^css-(?:function|unit|modern-color|intrinsic-size|conic|linear|radial|background-image|background-size|background-position|background$)/,
  /^css-(?:width|height|max-|min-|margin|padding|inline-size|block-inline-size|visibility|object-|aspect-ratio|transform$|at-import|at-supports|at-media)/,
  /^html-(?:background|picture|srcset)/,
]

/** How badly the lack of a feature, by its slug, shows. */
export function consequenceOf(slug: string): Consequence {
  if (content.some(pattern => pattern.test(slug))) return 'content'
  return layout.some(pattern => pattern.test(slug)) ? 'layout' : 'looks'
}
