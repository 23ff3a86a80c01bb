/**
 * Enhanced status codes (RFC 3463), each with what a failure that carries it means for a subscriber. The list is IANA's registry "Enumerated Status
 * Codes" (https://www.iana.org/assignments/smtp-enhanced-status-codes/: RFCs 3463, 3886, 4468, 4954, 5248, 6531, 6710, 7293, 7372, 7505, 8616, 8689);
 * the meanings are ours. A code of class 4 never means more than `soft`.
 */

/**
 * `hard`: the address takes no mail and never will. `soft`: it takes none now. `policy`: mail of this kind or sender is not wanted there.
 * `sender-fault` and `message-fault`: something of ours is wrong. `fine`: no failure.
 */
export type CodeMeaning = 'hard' | 'soft' | 'policy' | 'sender-fault' | 'message-fault' | 'fine'

/** A code of the registry: what it says, as the registry names it, and what it means for a subscriber when it is permanent. */
export interface EnhancedCode {
  readonly says: string
  readonly means: CodeMeaning
}

/** The registry, by subject and detail: `1.1` for X.1.1. */
export const enhancedCodes: Readonly<Record<string, EnhancedCode>> = {
  '0.0': { says: 'other undefined status', means: 'soft' },
  '1.0': { says: 'other address status', means: 'soft' },
  '1.1': { says: 'bad destination mailbox address', means: 'hard' },
  '1.2': { says: 'bad destination system address', means: 'hard' },
  '1.3': { says: 'bad destination mailbox address syntax', means: 'hard' },
  '1.4': { says: 'destination mailbox address ambiguous', means: 'soft' },
  '1.5': { says: 'destination address valid', means: 'fine' },
  '1.6': { says: 'destination mailbox has moved, no forwarding address', means: 'hard' },
  '1.7': { says: "bad sender's mailbox address syntax", means: 'sender-fault' },
  '1.8': { says: "bad sender's system address", means: 'sender-fault' },
  '1.9': { says: 'message relayed to non-compliant mailer', means: 'fine' },
  '1.10': { says: 'recipient address has null MX', means: 'hard' },
  '2.0': { says: 'other or undefined mailbox status', means: 'soft' },
  // RFC 3463 §3.3: for good or for a time. Three in a row tell which.
  '2.1': { says: 'mailbox disabled, not accepting messages', means: 'soft' },
  '2.2': { says: 'mailbox full', means: 'soft' },
  '2.3': { says: 'message length exceeds administrative limit', means: 'message-fault' },
  '2.4': { says: 'mailing list expansion problem', means: 'soft' },
  '3.0': { says: 'other or undefined mail system status', means: 'soft' },
  '3.1': { says: 'mail system full', means: 'soft' },
  '3.2': { says: 'system not accepting network messages', means: 'soft' },
  '3.3': { says: 'system not capable of selected features', means: 'message-fault' },
  '3.4': { says: 'message too big for system', means: 'message-fault' },
  '3.5': { says: 'system incorrectly configured', means: 'soft' },
  '3.6': { says: 'requested priority was changed', means: 'fine' },
  '4.0': { says: 'other or undefined network or routing status', means: 'soft' },
  '4.1': { says: 'no answer from host', means: 'soft' },
  '4.2': { says: 'bad connection', means: 'soft' },
  '4.3': { says: 'directory server failure', means: 'soft' },
  '4.4': { says: 'unable to route', means: 'soft' },
  '4.5': { says: 'mail system congestion', means: 'soft' },
  '4.6': { says: 'routing loop detected', means: 'soft' },
  '4.7': { says: 'delivery time expired', means: 'soft' },
  // Some large providers answer 5.5.0 for a mailbox that is not there.
  '5.0': { says: 'other or undefined protocol status', means: 'soft' },
  '5.1': { says: 'invalid command', means: 'sender-fault' },
  '5.2': { says: 'syntax error', means: 'sender-fault' },
  '5.3': { says: 'too many recipients', means: 'sender-fault' },
  '5.4': { says: 'invalid command arguments', means: 'sender-fault' },
  '5.5': { says: 'wrong protocol version', means: 'sender-fault' },
  '5.6': { says: 'authentication exchange line is too long', means: 'sender-fault' },
  '6.0': { says: 'other or undefined media error', means: 'message-fault' },
  '6.1': { says: 'media not supported', means: 'message-fault' },
  '6.2': { says: 'conversion required and prohibited', means: 'message-fault' },
  '6.3': { says: 'conversion required but not supported', means: 'message-fault' },
  '6.4': { says: 'conversion with loss performed', means: 'fine' },
  '6.5': { says: 'conversion failed', means: 'message-fault' },
  '6.6': { says: 'message content not available', means: 'message-fault' },
  '6.7': { says: 'non-ASCII addresses not permitted for that sender or recipient', means: 'message-fault' },
  '6.8': { says: 'UTF-8 string reply is required, but not permitted by the SMTP client', means: 'message-fault' },
  '6.9': { says: 'UTF-8 header message cannot be transferred to one or more recipients', means: 'message-fault' },
  '6.10': { says: 'UTF-8 string reply is required (deprecated)', means: 'message-fault' },
  '7.0': { says: 'other or undefined security status', means: 'policy' },
  '7.1': { says: 'delivery not authorized, message refused', means: 'policy' },
  '7.2': { says: 'mailing list expansion prohibited', means: 'policy' },
  '7.3': { says: 'security conversion required but not possible', means: 'policy' },
  '7.4': { says: 'security features not supported', means: 'policy' },
  '7.5': { says: 'cryptographic failure', means: 'policy' },
  '7.6': { says: 'cryptographic algorithm not supported', means: 'policy' },
  '7.7': { says: 'message integrity failure', means: 'policy' },
  '7.8': { says: 'authentication credentials invalid', means: 'sender-fault' },
  '7.9': { says: 'authentication mechanism is too weak', means: 'sender-fault' },
  '7.10': { says: 'encryption needed', means: 'sender-fault' },
  '7.11': { says: 'encryption required for requested authentication mechanism', means: 'sender-fault' },
  '7.12': { says: 'a password transition is needed', means: 'sender-fault' },
  // RFC 5248 §2.4: the account that logged in, which is the sender's.
  '7.13': { says: 'user account disabled', means: 'sender-fault' },
  '7.14': { says: 'trust relationship required', means: 'sender-fault' },
  '7.15': { says: 'priority level is too low', means: 'policy' },
  '7.16': { says: 'message is too big for the specified priority', means: 'message-fault' },
  '7.17': { says: 'mailbox owner has changed', means: 'policy' },
  '7.18': { says: 'domain owner has changed', means: 'policy' },
  '7.19': { says: 'RRVS test cannot be completed', means: 'policy' },
  '7.20': { says: 'no passing DKIM signature found', means: 'policy' },
  '7.21': { says: 'no acceptable DKIM signature found', means: 'policy' },
  '7.22': { says: 'no valid author-matched DKIM signature found', means: 'policy' },
  '7.23': { says: 'SPF validation failed', means: 'policy' },
  '7.24': { says: 'SPF validation error', means: 'policy' },
  '7.25': { says: 'reverse DNS validation failed', means: 'policy' },
  '7.26': { says: 'multiple authentication checks failed', means: 'policy' },
  '7.27': { says: 'sender address has null MX', means: 'sender-fault' },
  '7.28': { says: 'mail flood detected', means: 'policy' },
  '7.29': { says: 'ARC validation failure', means: 'policy' },
  '7.30': { says: 'REQUIRETLS support required', means: 'policy' },
}

// RFC 3463 §2: what a code that is not registered means by its subject alone.
const subjects: Readonly<Record<string, EnhancedCode>> = {
  '0': { says: 'other or undefined status', means: 'soft' },
  '1': { says: 'addressing status', means: 'soft' },
  '2': { says: 'mailbox status', means: 'soft' },
  '3': { says: 'mail system status', means: 'soft' },
  '4': { says: 'network and routing status', means: 'soft' },
  '5': { says: 'mail delivery protocol status', means: 'sender-fault' },
  '6': { says: 'message content or media status', means: 'message-fault' },
  '7': { says: 'security or policy status', means: 'policy' },
}

/** What `5.1.1` says and means; null where the text is no enhanced status code. A code that is not registered is read by its subject. */
export function readEnhancedCode(code: string): EnhancedCode | null {
  const [, codeClass, subject = '', detail] = /^([245])\.(\d{1,3})\.(\d{1,3})$/.exec(code) ?? []
  if (codeClass === undefined) return null
  const rest = `${Number(subject)}.${Number(detail)}`
  const known = (Object.hasOwn(enhancedCodes, rest) ? enhancedCodes[rest] : undefined) ?? subjects[String(Number(subject))]
  const { says, means } = known ?? { says: 'a status that is not registered', means: 'soft' as const }
  if (codeClass === '2') return { says, means: 'fine' }
  return { says, means: codeClass === '4' && means === 'hard' ? 'soft' : means }
}
