import { describe, expect, it } from 'vitest'
import { UserError } from '../../src/errors.ts'
import { outputError } from '../../src/output/output-error.ts'

const refusal = (code: string) =>
  Object.assign(new Error(`${code}: refused, write`), { code, syscall: 'write', path: '/srv/out/2026-w06/email.html' })

describe('outputError()', () => {
  it.each([
    ['ENOSPC', 'the disk is full or a limit on file size was reached'],
    ['EFBIG', 'the disk is full or a limit on file size was reached'],
    ['EROFS', 'read-only'],
    ['EACCES', 'right to write'],
    ['EIO', 'see what the system says'],
  ])('says where %s happened and what to do', (code, hint) => {
    const error = outputError(refusal(code), '/srv/out')
    expect(error).toBeInstanceOf(UserError)
    expect(error).toMatchObject({
      problems: [
        {
          code: 'output-unwritable',
          place: { file: '/srv/out' },
          got: `${code} at /srv/out/2026-w06/email.html`,
          hint: expect.stringContaining(hint),
        },
      ],
    })
  })

  it('hands on what is no answer of the system’s', () => {
    const bug = new TypeError('x is not a function')
    expect(outputError(bug, '/srv/out')).toBe(bug)
    expect(outputError('thrown', '/srv/out')).toBe('thrown')
  })
})
