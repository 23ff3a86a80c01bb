import { setFlagsFromString } from 'node:v8'

/**
 * Keeps the heap as large as it is once the process has warmed up, while a million messages are sent or a million people imported; what lives there is a few tens of
 * megabytes. V8 lets the young generation grow with the rate of allocation, up to 130 MB, and the old one to a multiple of what lives in it before it looks
 * what of it still does, at times to 90 MB. There is no way to say it when a command is started by its name.
 */
export function stopHeapGrowth(): void {
  setFlagsFromString('--semi-space-growth-factor=1')
  setFlagsFromString('--heap-growing-percent=40')
}
