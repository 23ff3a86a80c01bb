import { useId, useState } from 'preact/hooks'
import { addresses, type EditionKey, type RelayView, type TestSendAnswer, type TestSendRequestBody } from '../../api.ts'
import { type Fetched, postForAnswer, type ShownProblem } from '../fetch-answer.ts'
import { ProblemList } from '../problem-list.tsx'
import { Dialog } from './dialog.tsx'

/** Sends the edition to a few addresses, and tells of each what the relay said. */
export function SendDialog({ edition, template, isTrial, relay, onClose }: SendDialogProps) {
  return (
    <Dialog title="Send a test" onClose={onClose}>
      {relay.kind === 'none' && <NoRelay />}
      {relay.kind === 'unusable' && <UnusableRelay problems={relay.problems} />}
      {relay.kind === 'usable' && <SendForm {...{ edition, template, isTrial, onClose }} relay={relay.name} />}
    </Dialog>
  )
}

function NoRelay() {
  return (
    <>
      <p>No mail server is configured, so nothing can be sent. There is no default one.</p>
      <p>
        Set <code>SMTP_URL</code> in the environment, or list <code>relays</code> in the configuration, and start the preview again:
      </p>
      <pre class="note">
        <code>SMTP_URL=smtp://user:password@smtp.example.com:587 \{'\n'} npx news-digest preview</code>
      </pre>
    </>
  )
}

function UnusableRelay({ problems }: { readonly problems: readonly ShownProblem[] }) {
  return (
    <>
      <p>A mail server is configured, but nothing can be sent through it until this is mended:</p>
      <Refused problems={problems} />
      <p>Then start the preview again: it reads the environment when it starts.</p>
    </>
  )
}

function SendForm({ edition, template, isTrial, relay, onClose }: Omit<SendDialogProps, 'relay'> & { readonly relay: string }) {
  const field = useId()
  const [written, setWritten] = useState(remembered)
  const [sending, setSending] = useState(false)
  const [fetched, setFetched] = useState<Fetched<TestSendAnswer> | null>(null)
  const list = addressesIn(written)
  const send = async () => {
    setSending(true)
    setFetched(null)
    remembered = written
    const body: TestSendRequestBody = { edition, template, addresses: list }
    setFetched(await postForAnswer<TestSendAnswer>(addresses.testSend, body))
    setSending(false)
  }
  return (
    <form
      class="dialog-form"
      onSubmit={event => {
        event.preventDefault()
        if (list.length > 0 && !sending) void send()
      }}
    >
      <div class="field">
        <label for={field}>Addresses</label>
        <textarea
          id={field}
          value={written}
          spellcheck={false}
          placeholder="you@example.com"
          aria-describedby={`${field}-help`}
          onInput={event => setWritten(event.currentTarget.value)}
        />
        <p class="quiet" id={`${field}-help`}>
          One on each line, without a name.{' '}
          {isTrial ? 'Each gets both subjects, [Test A] and [Test B];' : 'The subject begins with [Test];'} its unsubscribe links lead
          nowhere. Goes through {relay}.
        </p>
      </div>
      <div aria-live="polite">{fetched && <Result fetched={fetched} />}</div>
      <div class="actions">
        <button type="button" class="button" onClick={onClose}>
          {fetched?.kind === 'answer' ? 'Done' : 'Cancel'}
        </button>
        <button type="submit" class="button primary" disabled={list.length === 0 || sending}>
          {sending ? 'Sending…' : list.length > 1 ? `Send to ${list.length}` : 'Send'}
        </button>
      </div>
    </form>
  )
}

function Result({ fetched }: { readonly fetched: Fetched<TestSendAnswer> }) {
  if (fetched.kind === 'refused') return <Refused problems={fetched.problems} />
  return (
    <ul class="outcomes">
      {fetched.answer.results.map(({ address, variant, accepted, says }) => (
        <li key={`${address} ${variant}`}>
          <b>{address}</b>
          {variant && <span class="chip">{variant}</span>}
          <span class={accepted ? 'chip good' : 'chip error'}>{accepted ? 'accepted' : 'not sent'}</span>
          <p>{says}</p>
        </li>
      ))}
    </ul>
  )
}

function Refused({ problems }: { readonly problems: readonly ShownProblem[] }) {
  return (
    <div class="note error">
      <ProblemList problems={problems} />
    </div>
  )
}

// Kept as long as the page is open: whoever tests sends again after the next change.
let remembered = ''

function addressesIn(text: string): string[] {
  const parts = text.split(/[\n,;]/).map(part => part.trim())
  return [...new Set(parts.filter(part => part !== ''))]
}

interface SendDialogProps {
  readonly edition: EditionKey
  readonly template: string | null
  /** Whether the edition tries two subjects. */
  readonly isTrial: boolean
  readonly relay: RelayView
  readonly onClose: () => void
}
