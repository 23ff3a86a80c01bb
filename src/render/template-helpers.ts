/** The few helpers that templates may use, besides Handlebars' own if, unless, each and with. */

import { formatNumber } from '../locale/format-number.ts'
import { type MessageKey, type Messages, messageParameters, translate } from '../locale/messages.ts'
import { isSafeHtml } from './safe-html.ts'
import type { Shape } from './shape.ts'

/** How a helper is called, for the check and for the documentation. */
export interface HelperSignature {
  readonly usage: string
  readonly about: string
  /** Kinds that each argument may have; a literal counts as its kind. `rest` allows more of the last. */
  readonly parameters: readonly (readonly Shape['kind'][])[]
  readonly rest?: boolean
  readonly result: 'text' | 'flag' | 'html'
}

const printable = ['text', 'url', 'number'] as const
const anything = ['text', 'url', 'number', 'flag', 'html', 'list', 'group'] as const

/** Helpers by name. `merge` and `t` check their names too (check-template.ts). */
export const helperSignatures = {
  merge: {
    usage: '{{merge "name" fallback="friend"}}',
    about: "Leaves a place for a recipient's value; the fallback stands where a recipient has none.",
    parameters: [['text']],
    result: 'text',
  },
  t: {
    usage: '{{t "readingTime" count=minutes}}',
    about: 'A message in the language of the edition, with its parameters.',
    parameters: [['text']],
    result: 'text',
  },
  html: {
    usage: '{{html intro}}',
    about: 'Markup made by news-digest itself, as it stands. Not in text templates.',
    parameters: [['html']],
    result: 'html',
  },
  checkOff: {
    usage: '{{checkOff "link-text" "each link stands under its picture"}}',
    about: 'Switches a check off for every email made with this template, with the reason. Leaves nothing in the email.',
    parameters: [['text'], ['text']],
    result: 'text',
  },
  digits: { usage: '{{digits number}}', about: "A number in the language's digits.", parameters: [['number']], result: 'text' },
  eq: {
    usage: '{{#if (eq align "right")}}',
    about: 'Whether two values are the same.',
    parameters: [printable, printable],
    result: 'flag',
  },
  not: { usage: '{{#if (not isLast)}}', about: 'Whether a value is empty, null or false.', parameters: [anything], result: 'flag' },
  and: { usage: '{{#if (and lead picture)}}', about: 'Whether all values are there.', parameters: [anything], rest: true, result: 'flag' },
  or: {
    usage: '{{#if (or lead points)}}',
    about: 'Whether one of the values is there.',
    parameters: [anything],
    rest: true,
    result: 'flag',
  },
} as const satisfies Record<string, HelperSignature>

/** What helpers do when a template is filled. */
export interface HelperSettings {
  readonly messages: Messages
  /** Writes down a merge field and gives the sentinel that stands for it until the finished email is cut. */
  readonly leaveMerge: (name: string, fallback: string) => string
  /** Writes down a check that the template switches off. */
  readonly leaveCheckOff: (rule: string, reason: string) => void
  /** Marks text that Handlebars shall not escape. */
  readonly raw: (markup: string) => object
}

type Options = { readonly hash: Readonly<Record<string, unknown>> }

/** The helpers as Handlebars calls them: arguments first, options last. Names and kinds have been checked before (check-template.ts). */
export function makeHelpers({
  messages,
  leaveMerge,
  leaveCheckOff,
  raw,
}: HelperSettings): Record<keyof typeof helperSignatures, (...given: unknown[]) => unknown> {
  return {
    merge: (name, options) => {
      const { fallback } = (options as Options).hash
      return leaveMerge(String(name), String(printed(fallback)))
    },
    t: (key, options) => translate(messages, key as MessageKey, messageValues(key as MessageKey, (options as Options).hash) as never),
    html: value => (isSafeHtml(value) ? raw(value.markup) : ''),
    checkOff: (rule, reason) => {
      leaveCheckOff(String(printed(rule)), String(printed(reason)))
      return ''
    },
    digits: value => (typeof value === 'number' ? formatNumber(value, messages.language) : ''),
    eq: (one, other) => one === other,
    not: value => !isThere(value),
    and: (...given) => given.slice(0, -1).every(isThere),
    or: (...given) => given.slice(0, -1).some(isThere),
  }
}

function messageValues(key: MessageKey, hash: Readonly<Record<string, unknown>>): Record<string, string | number> {
  return Object.fromEntries(messageParameters[key].map(name => [name, printed(hash[name])]))
}

function printed(value: unknown): string | number {
  return typeof value === 'number' || typeof value === 'string' ? value : ''
}

// As Handlebars' own `if` sees it: an empty list is not there.
function isThere(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : Boolean(value)
}
