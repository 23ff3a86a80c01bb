/** What every answer says to the browser about what it may do with it. */

/** For all answers. The address of a page holds a token, so it is told to nobody. */
export const commonHeaders: Readonly<Record<string, string>> = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Permissions-Policy': 'interest-cohort=()',
}

/** Once behind TLS, always so: two years, as hstspreload.org asks for. */
export const strictTransport = 'max-age=63072000'

/** For pages: one stylesheet and forms to ourselves, no script at all. */
export const pagePolicy =
  "default-src 'none'; style-src 'self'; img-src 'self' https:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

/** For an email as a page: its own styles and pictures, no script and no form, whatever a post holds. */
export const emailPolicy =
  "default-src 'none'; style-src 'unsafe-inline'; img-src https: data:; font-src https: data:; form-action 'none'; base-uri 'none'; frame-ancestors 'none'; sandbox allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation"
