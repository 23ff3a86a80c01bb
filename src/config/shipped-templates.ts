import { fileURLToPath } from 'node:url'

/** The package's own `templates/` folder, absolute. It lies two levels above this file, in `src/` as in `dist/`. */
export const shippedTemplates = fileURLToPath(new URL('../../templates', import.meta.url))
