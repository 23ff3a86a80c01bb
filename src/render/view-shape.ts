/** Everything a template may print: the documented view of an edition. Every field is always present, null where there is nothing. */

import { always, flag, group, html, listOf, maybe, number, text, url, type ValueOf } from './shape.ts'

const pictureShape = group({
  src: always(url, 'Absolute address of the picture.'),
  alt: always(text, 'What the picture shows; empty when it only repeats the title.'),
  outlook: always(flag, 'Whether Outlook on Windows can show it: not WebP.'),
})

const pointShape = group({
  text: always(text, 'One or more whole sentences of the post.'),
  question: maybe(text, 'The question that the point answers, in the summary style "answers".'),
})

const answerShape = group({
  question: always(text, 'A question of the post.'),
  answer: always(text, 'Its answer, whole.'),
})

const itemShape = group({
  title: always(text, 'Title of the post.'),
  url: always(url, 'Address of the post, with campaign parameters.'),
  slug: always(text, 'Slug of the post.'),
  number: always(number, 'Place in the edition, from 1.'),
  category: maybe(text, 'Category of the post.'),
  updated: always(flag, 'Whether the post returns because it changed.'),
  date: always(text, 'Day of publication in words.'),
  authors: maybe(text, 'Names of the authors as one phrase.'),
  minutes: always(number, 'Minutes it takes to read the post.'),
  readingTime: always(text, 'The same in words: "4 min read".'),
  lead: maybe(text, 'The opening sentences of the summary.'),
  points: always(listOf(pointShape), 'Key points; may be empty.'),
  faq: always(listOf(answerShape), 'All questions and answers of the post; may be empty.'),
  picture: maybe(pictureShape, 'Picture of the post, when mail programs can show it.'),
  isFirst: always(flag, 'Whether this is the first item of its list.'),
  isLast: always(flag, 'Whether this is the last item of its list.'),
  language: maybe(text, 'Language of the post when it is not the language of the edition.'),
  direction: always(text, 'ltr or rtl: the way the post is written.'),
  align: always(text, 'left or right: where lines of the post begin.'),
})

const sponsorShape = group({
  name: always(text, 'Name of the sponsor.'),
  url: maybe(url, 'Address of the sponsor.'),
  copy: always(html, 'The sponsor’s text with its links.'),
  copyText: always(text, 'The same as plain text.'),
  picture: maybe(pictureShape, 'Picture of the sponsor.'),
})

const logoShape = group({
  src: always(url, 'Address of the logo.'),
  dark: maybe(url, 'Address of the variant for dark mode.'),
  alt: always(text, 'Alternative text, never empty.'),
  width: always(number, 'Width in pixels.'),
})

const brandShape = group({
  accent: always(text, 'Colour of links and rules in light mode, #rrggbb.'),
  accentDark: always(text, 'Colour of links and rules in dark mode, #rrggbb.'),
  onAccent: always(text, 'Black or white: what can be read on the accent.'),
  onAccentDark: always(text, 'Black or white: what can be read on the dark accent.'),
  font: always(text, 'Font stack of the text.'),
  headingFont: always(text, 'Font stack of headings.'),
  logo: maybe(logoShape, 'The logo.'),
})

const editionShape = group({
  id: always(text, 'Such as 2026-w06.'),
  name: maybe(text, 'What the edition is called after its window: "Week 9", "February 2026". Null for a day or a span.'),
  dates: always(text, 'The days it covers, in words.'),
  template: always(text, 'The name of the look.'),
  minutes: always(number, 'Minutes it takes to read the email.'),
  readingTime: always(text, 'The same in words.'),
})

const publicationShape = group({
  name: always(text, 'Name of the publication.'),
  url: always(url, 'Address of the site.'),
  address: maybe(text, 'Postal address on one line.'),
  addressLines: always(listOf(text), 'Postal address, line by line; may be empty.'),
})

/** The root of what templates see. */
export const viewShape = group({
  language: always(text, 'Language of the edition, BCP 47.'),
  direction: always(text, 'ltr or rtl.'),
  align: always(text, 'left or right: where lines begin.'),
  alignEnd: always(text, 'right or left: where lines end.'),
  subject: always(text, 'Subject of the email.'),
  preheader: always(text, 'What mail programs show beside the subject.'),
  preheaderPadding: always(text, 'Invisible characters that keep the body out of the preheader.'),
  publication: always(publicationShape, 'Who publishes.'),
  edition: maybe(editionShape, 'The edition; null in the mail that confirms a sign-up.'),
  brand: always(brandShape, 'Colours, fonts and logo.'),
  intro: maybe(html, 'The editor’s introduction.'),
  introText: maybe(text, 'The same as plain text.'),
  sponsor: maybe(sponsorShape, 'The sponsor: always under the word of the message "sponsored".'),
  opening: maybe(itemShape, 'The first item.'),
  items: always(listOf(itemShape), 'The items after the first.'),
  links: always(listOf(itemShape), 'Items at the end that the size budget leaves no more than a line.'),
  all: always(listOf(itemShape), 'Every item in order, those of links included.'),
  hasContents: always(flag, 'Whether a list of contents helps: more than five items.'),
})

/** What templates see. */
export type View = ValueOf<typeof viewShape>

/** One item as templates see it. */
export type ItemView = ValueOf<typeof itemShape>

/** A picture as templates see it. */
export type PictureView = ValueOf<typeof pictureShape>
