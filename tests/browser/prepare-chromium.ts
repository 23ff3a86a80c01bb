import { hasPackagedChromium, packagedChromium } from '../../scripts/packaged-chromium.ts'

/** Unpacks the browser before any test, so that no test's time limit pays for it and no two do it at once. */
export async function setup(): Promise<void> {
  if (hasPackagedChromium) await packagedChromium()
}
