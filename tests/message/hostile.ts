/** Text that tries to break a message (hostile-inputs.md), for properties. */

import fc from 'fast-check'

/** Pieces out of which hostile texts are made. */
const hostilePieces = [
  '\r\n',
  '\n',
  '\r',
  '\0',
  '.',
  '\n.\n',
  '\n..\n',
  '=',
  '=\n',
  ' ',
  '\t',
  ' \n',
  'From ',
  '--',
  '\uD800',
  '\uDC00',
  '\u202E',
  '\u2066',
  '\u200B',
  '\uFEFF',
  '\u2028',
  '\u200D',
  '👨‍👩‍👧‍👦',
  '🏴󠁧󠁢󠁥󠁮󠁧󠁿',
  'می‌خواهم',
  'ü',
  'u\u0308',
  '漢字',
  '=?utf-8?Q?=0D=0A?=',
  '=?utf-8?B?DQo=?=',
  '{{secret}}',
  '{{{#each',
  '<img src=x onerror=1>',
  '"><script>',
  "'",
  '&amp;',
  '__proto__',
  'constructor',
  'A\r\nBcc: e@x.test\r\n\r\nbody',
  'x'.repeat(75),
  'x'.repeat(1500),
]

/** A text made of them, of random characters, or of both. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  fc.array(fc.constantFrom(...hostilePieces), { maxLength: 12 }).map(pieces => pieces.join('')),
  fc.string({ unit: 'binary', maxLength: 120 }),
  fc.string({ unit: 'grapheme', maxLength: 200 }),
  fc.array(fc.oneof(fc.constantFrom(...hostilePieces), fc.string({ maxLength: 80 })), { maxLength: 8 }).map(pieces => pieces.join('')),
)
