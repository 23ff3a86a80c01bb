/** Why a request failed, in words. Codes are those of Node and of OpenSSL's X509_V_ERR (https://nodejs.org/api/tls.html#x509-certificate-error-codes). */

const certificateFailures: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'the certificate has expired',
  CERT_NOT_YET_VALID: 'the certificate is not valid yet',
  CERT_REVOKED: 'the certificate is revoked',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'the certificate is signed by itself',
  SELF_SIGNED_CERT_IN_CHAIN: 'the certificate comes from an authority that nobody knows',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'the server does not send the certificates between its own and a known authority',
  UNABLE_TO_GET_ISSUER_CERT: 'the certificate comes from an authority that nobody knows',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'the certificate comes from an authority that nobody knows',
  ERR_TLS_CERT_ALTNAME_INVALID: 'the certificate is for another name',
  HOSTNAME_MISMATCH: 'the certificate is for another name',
}

const failures: Readonly<Record<string, string>> = {
  ENOTFOUND: 'there is no such host',
  EAI_AGAIN: 'the name of the host could not be looked up',
  ECONNREFUSED: 'the server refuses the connection',
  ECONNRESET: 'the server broke the connection off',
  ETIMEDOUT: 'the server does not answer',
  EHOSTUNREACH: 'the server cannot be reached',
  ENETUNREACH: 'there is no network',
  ABORT_ERR: 'the server does not answer in time',
  EPROTO: 'the server speaks no TLS that is understood',
  ERR_SSL_WRONG_VERSION_NUMBER: 'the server speaks no TLS that is understood',
  HPE_INVALID_CONSTANT: 'the server does not speak HTTP',
}

/** One phrase, such as "the certificate has expired". */
export function describeFailure(error: unknown): string {
  const code = codeOf(error)
  return certificateFailures[code] ?? failures[code] ?? (code === '' ? String(error) : `the request failed (${code})`)
}

/** Whether the server's certificate was at fault. */
export function isCertificateFailure(error: unknown): boolean {
  return Object.hasOwn(certificateFailures, codeOf(error))
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return ''
  if (error.name === 'TimeoutError' || error.name === 'AbortError') return 'ABORT_ERR'
  // A name with several addresses fails with one error for each (Happy Eyeballs).
  if (error instanceof AggregateError) return codeOf(error.errors[0])
  return 'code' in error && typeof error.code === 'string' ? error.code : ''
}
