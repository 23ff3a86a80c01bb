// Writes src/inspect/clients/client-data.ts from the installed caniemail package. A test holds the file equal to what this would write.
import { writeFileSync } from 'node:fs'
import { clientDataText } from './client-data.ts'

writeFileSync(new URL('../src/inspect/clients/client-data.ts', import.meta.url), clientDataText())
