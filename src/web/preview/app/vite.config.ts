import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** The preview's page: one HTML file, hashed scripts and styles beside it, nothing from anywhere else. */
export default defineConfig({
  root: here('.'),
  base: '/',
  publicDir: false,
  cacheDir: here('../../../../node_modules/.cache/vite-preview'),
  build: {
    outDir: here('../../../../dist/web/preview/app'),
    emptyOutDir: true,
    target: 'es2023',
    // /assets/ is where the site's own pictures are.
    assetsDir: 'page',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  logLevel: 'warn',
})
