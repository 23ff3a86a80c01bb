/** Lines of a Postfix log about one message. */

/** A message, and how far it came. */
export interface LoggedMessage {
  /** Milliseconds since 1970, UTC. */
  readonly at: number
  readonly queueId: string
  readonly to: string
  readonly messageId?: string
  /** X-News-Digest-Delivery, where header_checks logs it. */
  readonly deliveryHeader?: string
  /** What the filter or cleanup said instead of taking the message over, as in `END-OF-MESSAGE from client[192.0.2.1]: 5.7.1 no`; null: it was taken over. */
  readonly refusal?: string | null
}

/** What Postfix writes. */
export function postfixLines({ at, queueId, to, messageId, deliveryHeader, refusal = null }: LoggedMessage): readonly string[] {
  const line = (daemon: string, text: string) =>
    `${new Date(at).toISOString().replace('Z', '+00:00')} relay postfix/${daemon}[77]: ${queueId}: ${text}`
  return [
    line('smtpd', 'client=news.example.com[192.0.2.1]'),
    ...(deliveryHeader === undefined
      ? []
      : [
          line(
            'cleanup',
            `info: header X-News-Digest-Delivery: ${deliveryHeader} from news.example.com[192.0.2.1]; from=<b@example.com> to=<${to}> proto=ESMTP helo=<news>`,
          ),
        ]),
    ...(messageId === undefined ? [] : [line('cleanup', `message-id=${messageId}`)]),
    ...(refusal === null
      ? [
          line('qmgr', 'from=<b@example.com>, size=60000, nrcpt=1 (queue active)'),
          line('smtp', `to=<${to}>, relay=mx.example.net[192.0.2.9]:25, delay=1, delays=0/0/0/1, dsn=2.0.0, status=sent (250 2.0.0 Ok)`),
          line('qmgr', 'removed'),
        ]
      : [line('cleanup', `milter-reject: ${refusal}; from=<b@example.com> to=<${to}> proto=ESMTP helo=<news>`)]),
  ]
}
