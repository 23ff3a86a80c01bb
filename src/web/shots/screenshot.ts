import { setTimeout } from 'node:timers/promises'
import type { Page, PageScreenshotOptions } from 'playwright-core'
import { UserError } from '../../errors.ts'

/** How long to wait before each try after the first, in milliseconds. */
const pauses: readonly number[] = [200, 1000]

/**
 * The picture of a page. Chromium sometimes has no frame to take one of while the machine has much else to do ("Unable to capture screenshot"), and a
 * moment later it has: so it is asked up to three times.
 * @throws UserError `browser-unusable` where it never has
 */
export async function screenshot(page: Pick<Page, 'screenshot'>, options: PageScreenshotOptions, wait = setTimeout): Promise<Buffer> {
  for (const pause of pauses) {
    try {
      return await page.screenshot(options)
    } catch {
      await wait(pause)
    }
  }
  return page.screenshot(options).catch((error: unknown) => {
    throw new UserError({
      code: 'browser-unusable',
      message: 'the browser could not take a picture, three times over',
      got: (error instanceof Error ? error.message : String(error)).split('\n')[0]?.slice(0, 200) ?? '',
      hint: 'Run it again when the machine has less to do, or with fewer views (--view desktop). The pictures of the last run are still there.',
    })
  })
}
