/** Mail that takes somebody off the list: the mailto of List-Unsubscribe (RFC 2369 §3.2) puts the token of the link into its subject. */

/**
 * The token in the subject of such a message; null where it is none. What a mail program puts before it (`Re:`) is passed over. The body says nothing, nor does
 * the sender: whoever holds the token may unsubscribe.
 */
export function unsubscribeToken(subject: string): string | null {
  return /(?:^|[\s:])unsubscribe[\s_]+([A-Za-z0-9_-]{40,500})$/i.exec(subject.trim())?.[1] ?? null
}
