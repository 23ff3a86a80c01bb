/** Every simulation, in the order of a list to choose from. Adding one is one file here and one line. */

import { appleMail, appleMailDark } from './apple-mail.ts'
import { fullyInverted, partlyInverted } from './forced-dark.ts'
import { gmail, gmailOtherAccount } from './gmail.ts'
import { imagesOff } from './images-off.ts'
import { outlookComDark } from './outlook-com-dark.ts'
import { outlookWindows } from './outlook-windows.ts'
import { plainText } from './plain-text.ts'
import { screenReader } from './screen-reader.ts'
import type { Simulation } from './simulation.ts'
import { yahoo } from './yahoo.ts'

/** All simulations. The module loads parsers: import it late (`await import`) where a command may not need it. */
export const simulations: readonly Simulation[] = [
  gmail,
  gmailOtherAccount,
  appleMail,
  appleMailDark,
  outlookWindows,
  outlookComDark,
  yahoo,
  imagesOff,
  fullyInverted,
  partlyInverted,
  plainText,
  screenReader,
]
