/** How the edition announces itself in a list of messages. */
export function InboxLine({ from, subject, preheader, outlined }: InboxLineProps) {
  return (
    <section class="inbox" aria-label="In the inbox">
      <p class="inbox-from">{from ?? '…'}</p>
      <h2 class={outlined === 'subject' ? 'inbox-subject outlined' : 'inbox-subject'} dir="auto">
        {subject}
      </h2>
      <p class={outlined === 'preheader' ? 'outlined' : undefined} dir="auto" title={preheader ?? undefined}>
        {preheader ?? '…'}
      </p>
    </section>
  )
}

interface InboxLineProps {
  /** Null: not known yet. */
  readonly from: string | null
  readonly subject: string
  readonly preheader: string | null
  /** What a chosen finding speaks of. */
  readonly outlined: 'subject' | 'preheader' | null
}
