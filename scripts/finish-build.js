// tsc does not set the executable bit that `npx news-digest` needs in a checkout.
import { chmodSync } from 'node:fs'

chmodSync(new URL('../dist/cli.js', import.meta.url), 0o755)
