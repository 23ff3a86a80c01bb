/** The words that an email or a page says by itself: their keys, and the lookup of one text in the edition's language. */

import { formatNumber } from './format-number.ts'

/**
 * Every message with the parameters its text may use as `{name}`. A parameter called `count` chooses the plural form.
 * `templates/messages/en.yaml` holds the English text of each; docs list them from here.
 */
export const messageParameters = {
  weekName: ['week'],
  sponsored: [],
  updated: [],
  read: ['title'],
  readingTime: ['count'],
  by: ['authors'],
  contents: [],
  moreStories: [],
  publishedOn: ['date'],
  whyYouGetThis: ['publication'],
  unsubscribe: [],
  preferences: [],
  viewInBrowser: [],
  alsoTopics: ['topics'],
  subjectWithMore: ['title', 'count'],
  leaveTitle: ['publication'],
  leaveLead: [],
  leaveButton: [],
  leftTitle: [],
  leftLead: ['publication'],
  undoButton: [],
  undoneTitle: [],
  undoneLead: ['publication'],
  leaveReasonLegend: [],
  leaveReasonTooMany: [],
  leaveReasonNotInteresting: [],
  leaveReasonNeverAsked: [],
  leaveReasonOther: [],
  leaveReasonNote: [],
  leaveReasonButton: [],
  leaveReasonThanksTitle: [],
  leaveReasonThanksLead: [],
  linkBrokenTitle: [],
  linkBrokenLead: [],
  useYourLinkTitle: [],
  useYourLinkLead: [],
  notFoundTitle: [],
  notFoundLead: [],
  tryAgainTitle: [],
  tryAgainLead: [],
  archiveTitle: [],
  archiveEmpty: [],
  preferencesTitle: [],
  preferencesFor: ['address'],
  nameLabel: [],
  languageLabel: [],
  languageAny: [],
  pauseLabel: [],
  pauseNone: [],
  pauseKeep: ['date'],
  saveButton: [],
  savedNote: [],
  notSubscribedNote: [],
  downloadLink: [],
  forgetTitle: [],
  forgetLead: [],
  forgetConfirm: [],
  forgottenTitle: [],
  forgottenLead: [],
  pauseWeeks: ['count'],
  confirmMailSubject: ['publication'],
  confirmMailPreheader: [],
  confirmMailTitle: [],
  confirmMailLead: ['publication'],
  confirmMailButton: [],
  confirmMailLink: [],
  confirmMailEnds: ['count'],
  confirmMailNotYou: [],
  signUpLink: [],
  signUpTitle: ['publication'],
  signUpLead: [],
  addressLabel: [],
  addressInvalid: [],
  leaveEmptyLabel: [],
  signUpWording: ['publication'],
  signUpButton: [],
  mailboxTitle: [],
  mailboxLead: ['address'],
  tooManyTitle: [],
  tooManyLead: [],
  otherSiteLead: [],
  brokenFormLead: [],
  confirmTitle: ['publication'],
  confirmLead: ['publication'],
  confirmButton: [],
  confirmedTitle: [],
  confirmedLead: ['publication'],
  alreadyConfirmedTitle: [],
  linkExpiredTitle: [],
  linkExpiredLead: [],
} as const satisfies Record<string, readonly string[]>

/** The key of a message. */
export type MessageKey = keyof typeof messageParameters

/** The values of a message's parameters: text is put in as it stands, a number in the language's digits. */
export type MessageValues<Key extends MessageKey> = Readonly<Record<(typeof messageParameters)[Key][number], string | number>>

/** One text, or one for each plural category of the language (Unicode CLDR: zero, one, two, few, many, other). */
export type MessageText = string | ({ readonly other: string } & Readonly<Partial<Record<Intl.LDMLPluralRule, string>>>)

/** A text with the language it is written in, which decides about plurals and digits: English, where a translation lacks the key. */
export interface Message {
  readonly language: string
  readonly text: MessageText
}

/** All messages for an edition. `language` is the edition's own. */
export interface Messages {
  readonly language: string
  readonly texts: Readonly<Record<MessageKey, Message>>
}

/** The text of a message with its parameters filled in. Values are put in once: braces inside a value stay text. */
export function translate<Key extends MessageKey>(messages: Messages, key: Key, values: MessageValues<Key>): string {
  const { language, text } = messages.texts[key]
  const given: Readonly<Record<string, string | number>> = values
  return chooseForm(text, given.count, language).replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = Object.hasOwn(given, name) ? given[name] : undefined
    if (value === undefined) return whole
    return typeof value === 'number' ? formatNumber(value, language) : value
  })
}

function chooseForm(text: MessageText, count: string | number | undefined, language: string): string {
  if (typeof text === 'string') return text
  const category = typeof count === 'number' ? new Intl.PluralRules(language).select(count) : 'other'
  return text[category] ?? text.other
}
