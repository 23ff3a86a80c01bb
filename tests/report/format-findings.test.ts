import { describe, expect, it } from 'vitest'
import { formatFindings } from '../../src/report/format-findings.ts'
import { createPaint } from '../../src/report/paint.ts'

describe('formatFindings()', () => {
  it('tells errors first, each with its place and what to do', () => {
    const text = formatFindings(
      [
        {
          rule: 'subject-length',
          severity: 'warning',
          message: 'the subject is long',
          place: { part: 'subject', excerpt: 'Tides', line: null, column: null },
          origin: null,
          help: 'shorten it',
        },
        {
          rule: 'gmail-clip',
          severity: 'error',
          message: 'the HTML has 103.0 kB',
          place: { part: 'html', excerpt: null, line: null, column: null },
          origin: null,
          help: 'run fewer posts',
        },
      ],
      createPaint(false),
    )
    expect(text).toBe(
      'error the HTML has 103.0 kB [gmail-clip]\n  in   HTML\n  do   run fewer posts\n\nwarning the subject is long [subject-length]\n  in   subject: Tides\n  do   shorten it\n',
    )
  })

  it('is empty where nothing was found', () => {
    expect(formatFindings([], createPaint(true))).toBe('')
  })
})
