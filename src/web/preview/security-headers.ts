/** What every answer says to the browser about what it may do with it. */

/** For all answers: never stored, never guessed at, never shown or read from elsewhere, and no address told to anybody. */
export const commonHeaders: Readonly<Record<string, string>> = {
  'Cache-Control': 'no-store',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
}

/** For the page: only what this server gives. `frame-src` also keeps a link in the email from leading the frame to another site. */
export const pagePolicy = policy({
  'default-src': "'none'",
  'script-src': "'self'",
  'style-src': "'self'",
  'img-src': "'self' data:",
  'connect-src': "'self'",
  'frame-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'none'",
  'frame-ancestors': "'none'",
})

/**
 * For the email. No script, whatever a post or a name holds: said here, and by the sandbox, which also holds for somebody who opens the address in a tab.
 * Pictures come from the site's own folder; those from elsewhere tell their servers who looks, and are loaded only where that was asked for.
 */
export function framePolicy(remote: boolean): string {
  return policy({
    'default-src': "'none'",
    'script-src': "'none'",
    'style-src': "'unsafe-inline'",
    'img-src': remote ? "'self' data: https: http:" : "'self' data:",
    'font-src': remote ? 'data: https: http:' : 'data:',
    'base-uri': "'none'",
    'form-action': "'none'",
    'frame-ancestors': "'self'",
    sandbox: 'allow-same-origin',
  })
}

/** For pictures and data: nothing at all, should somebody open one as a page (an SVG may hold scripts). */
export const dataPolicy = policy({ 'default-src': "'none'", 'style-src': "'unsafe-inline'", 'frame-ancestors': "'none'", sandbox: '' })

function policy(directives: Readonly<Record<string, string>>): string {
  return Object.entries(directives)
    .map(directive => directive.join(' ').trim())
    .join('; ')
}
