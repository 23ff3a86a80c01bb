import { setFlagsFromString } from 'node:v8'

/**
 * Keeps the young generation of the heap as large as it is: V8 lets it grow with the rate of allocation, up to 130 MB while a million messages are sent
 * or a million people imported, although what lives there is a few. To be called once the process has warmed up. There is no way to say it when a command is started by its name.
 */
export function stopHeapGrowth(): void {
  setFlagsFromString('--semi-space-growth-factor=1')
}
