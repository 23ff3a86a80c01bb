/** A site where people can sign up, with a relay of its own and an outbox that works when it is told to. */

import PostalMime from 'postal-mime'
import { onTestFinished } from 'vitest'
import { readMailWay } from '../../../src/web/public/sign-up/mail-way.ts'
import { createOutbox, type OutboxRequest } from '../../../src/web/public/sign-up/run-outbox.ts'
import type { MailResult } from '../../../src/web/public/sign-up/send-confirmation.ts'
import type { FaultServerOptions } from '../../delivery/fault-server/start-fault-server.ts'
import { startRelay } from '../../delivery/observe-send.ts'
import { environmentOf, settingsWith } from '../../delivery/publication.ts'
import { formOf, openSite, type SiteOptions } from './open-site.ts'

/** What tests set. */
export interface SignUpOptions extends Omit<SiteOptions, 'settings'> {
  /** Lines below `signUp:`, two blanks in front. */
  readonly signUp?: string
  readonly more?: string
  readonly relay?: FaultServerOptions
  /** The DKIM key, where `more` asks for one. */
  readonly key?: string
}

/** The link in a mail, as a path. */
export async function linkIn(bytes: Uint8Array): Promise<string> {
  const { text = '' } = await PostalMime.parse(bytes)
  const [link] = /https:\/\/letter\.harbour\.example\/confirm\/[\w-]+/.exec(text) ?? []
  if (link === undefined) throw new Error(`no link in ${text}`)
  return new URL(link).pathname
}

/** Opens one. */
export async function openSignUp({
  signUp = '  tags: [site]\n',
  more = '',
  relay: faults = {},
  readers = [],
  key = '',
  ...rest
}: SignUpOptions = {}) {
  const settings = settingsWith(`signUp:\n${signUp}send:\n  backOff: [60s]\n  relayBackOff: [30s]\n${more}`)
  const opened = await openSite({ ...rest, readers, settings })
  const { site, ask, at, ledger } = opened
  const desk = site.signUp
  if (desk === null) throw new Error('signing up is on')
  const relay = await startRelay(faults)
  const way = await readMailWay(site.config, { ...environmentOf(relay.port), NEWS_DIGEST_DKIM_KEY: key })
  const results: MailResult[] = []
  const faultsOfOutbox: unknown[] = []
  const newOutbox = (changes: Partial<OutboxRequest> = {}) => {
    const outbox = createOutbox({
      site,
      desk,
      way,
      onMail: result => void results.push(result),
      onOutboxFault: error => void faultsOfOutbox.push(error),
      ...changes,
    })
    onTestFinished(() => outbox.close(1000))
    return outbox
  }
  const outbox = newOutbox()
  let now = site.clock()
  return {
    ...opened,
    desk,
    way,
    relay,
    results,
    faultsOfOutbox,
    newOutbox,
    sendDue: outbox.sendDue,
    post: (fields: Readonly<Record<string, string>>, headers: Readonly<Record<string, string>> = {}, client?: string) =>
      ask('/subscribe', { ...formOf(fields), headers }, client),
    json: (body: unknown, headers: Readonly<Record<string, string>> = {}, client?: string) =>
      ask(
        '/subscribe',
        { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json', ...headers } },
        client,
      ),
    /** Signs up, and gives the path of the link that came. */
    linkFor: async (email: string, fields: Readonly<Record<string, string>> = {}, client?: string): Promise<string> => {
      const before = relay.messages.length
      await ask('/subscribe', formOf({ email, ...fields }), client)
      await outbox.sendDue()
      const message = relay.messages[before]
      if (message === undefined) throw new Error('no mail came')
      return linkIn(message.bytes)
    },
    signUps: () => ledger.db.selectFrom('signUps').selectAll().orderBy('id').execute(),
    /** Lets time pass, in milliseconds. */
    later: (milliseconds: number) => {
      now = new Date(now.getTime() + milliseconds)
      at(now)
    },
  }
}
