/** What the elements of HTML mean to reading: which end a line of text, which carry nothing to read, which are set apart from running text. */

const set = (names: string): ReadonlySet<string> => new Set(names.split(' '))

/** Elements without content. */
export const voidElements = set('area base basefont br col embed frame hr img input keygen link meta param source track wbr')

/** Elements whose content is not read: code, programs, pictures, controls, and retracted words. */
export const unreadElements = set(
  'script style template iframe frameset noframes noscript object applet video audio canvas svg math head title textarea select option datalist button progress meter dialog nav pre del s strike',
)

/** Elements whose text is read but stands apart from running text: tables and captions. It is counted, and not summarized. */
export const apartElements = set('table caption figcaption summary dt legend label h1 h2 h3 h4 h5 h6')

/** Elements that begin and end a block of text. */
export const blockElements = set(
  'address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre search section summary table tbody td tfoot th thead tr ul caption',
)

const inlineElements = set(
  'a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark nobr picture q rp rt ruby s samp small span strike strong sub sup time tt u var slot map area',
)

/** Whether a name is one of HTML's own elements, in lower case. Anything else is a component of the site. */
export function isHtmlElement(name: string): boolean {
  return inlineElements.has(name) || blockElements.has(name) || voidElements.has(name) || unreadElements.has(name)
}
