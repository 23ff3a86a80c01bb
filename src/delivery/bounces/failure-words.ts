/**
 * What servers say where they give no enhanced status code, or only one that says nothing. Few phrases, each of which cannot be misread: what is not
 * among them stays a soft bounce, and three of those tell as well.
 */

// Before the rest: `spam … no such user` of a blocklist must never suppress a subscriber.
const policyWords =
  /\b(spam|spamhaus|black ?list|block ?list|blocked (by|using|for|due)|reputation|policy|dmarc|\bspf\b|dkim|rate.?limit|relay(ing)? (access )?denied|not authori[sz]ed|content (rejected|refused)|listed (at|in|by))/i

const fullWords =
  /\b(mailbox|account|inbox|quota|storage)\b.{0,40}\b(full|exceed(s|ed)?|out of storage)\b|\bover ?quota\b|\bquota exceeded\b|\bexceed(s|ed) .{0,20}quota\b/i

const unknownWords =
  /\b(no such (user|recipient|mailbox|address|account|person)|(user|recipient|mailbox|address|account) (is )?unknown|unknown (user|recipient|mailbox|local[- ]part|address)|(user|recipient|mailbox|account|address) ((does|do)(n't| not) exist|(was |could )?not (be )?found)|no mailbox (here )?by that name|(doesn't|does not) have an? .{1,40} account|invalid (mailbox|recipient|user))/i

/** The enhanced code that a server's words stand for; null where they do not say one thing clearly. Of a temporary failure the code is of class 4. */
export function codeFromWords(text: string, isTemporary: boolean): string | null {
  const code = policyWords.test(text) ? '7.1' : fullWords.test(text) ? '2.2' : unknownWords.test(text) ? '1.1' : null
  return code === null ? null : `${isTemporary ? 4 : 5}.${code}`
}
