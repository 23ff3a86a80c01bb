import { describe, expect, it } from 'vitest'
import { screenshot } from '../../../src/web/shots/screenshot.ts'

/** A page that has no frame to take a picture of so many times. */
function pageThatFails(times: number) {
  let asked = 0
  return {
    asked: () => asked,
    screenshot: async () => {
      asked += 1
      if (asked <= times)
        throw new Error('page.screenshot: Protocol error (Page.captureScreenshot): Unable to capture screenshot\n    at x')
      return Buffer.from('png')
    },
  }
}

const noTime = async () => undefined as never

describe('screenshot()', () => {
  it.each([0, 1, 2])('takes the picture although the browser had none to take %i times', async times => {
    const page = pageThatFails(times)
    expect((await screenshot(page, {}, noTime)).toString()).toBe('png')
    expect(page.asked()).toBe(times + 1)
  })

  it('says what the browser said, and what to do, where it never has one', async () => {
    await expect(screenshot(pageThatFails(3), {}, noTime)).rejects.toMatchObject({
      code: 'browser-unusable',
      problems: [
        { got: 'page.screenshot: Protocol error (Page.captureScreenshot): Unable to capture screenshot', hint: expect.any(String) },
      ],
    })
  })
})
