import type { EditionAnswer, EditionKey, EditionView, PreviewState } from '../../api.ts'
import { describeDays } from '../describe.ts'
import type { WorkspaceProps } from '../workspace.tsx'
import { InboxLine } from './inbox-line.tsx'
import { Panes } from './panes.tsx'
import { ProblemOverlay } from './problem-overlay.tsx'
import { Toolbar } from './toolbar.tsx'

/** The email as somebody receives it, or the reason why there is none. */
export function Stage({ isHidden, ...props }: WorkspaceProps & { readonly isHidden: boolean }) {
  const { state, entry, view, width, open, problems, choice, onChange, onKey, revision } = props
  const { answer } = open
  const edition = answer?.kind === 'edition' ? answer : null
  const lacks = edition?.warnings.filter(({ severity }) => severity === 'error') ?? []
  // The email does not wait for what is told of it.
  const shows = edition !== null || (answer === null && problems.length === 0)
  const part = choice.finding?.place.part
  const panel =
    view.tab === 'email' ? { role: 'tabpanel' as const, id: 'panel-email', 'aria-labelledby': 'tab-email' } : { 'aria-label': 'The email' }
  return (
    <section class="stage" hidden={isHidden} {...panel}>
      {shows && (
        <>
          <Toolbar {...{ state, entry, view, width, onChange }} trial={edition?.trial ?? null} />
          <InboxLine
            from={edition && senderOf(edition)}
            subject={edition?.subject ?? entry.subject ?? `Edition ${entry.id}`}
            preheader={edition?.preheader ?? null}
            outlined={part === 'subject' || part === 'preheader' ? part : null}
          />
          <Panes {...{ state, entry, view, width, onChange, onKey }} revision={revision} finding={choice.outlined} />
        </>
      )}
      {answer?.kind === 'nothing-to-send' && (
        <Empty answer={answer} state={state} onOpen={edition => onChange({ edition })} onWhy={() => onChange({ tab: 'selection' })} />
      )}
      {problems.length > 0 && <ProblemOverlay problems={problems} below={edition === null ? 'nothing' : 'last-good'} />}
      {problems.length === 0 && lacks.length > 0 && <ProblemOverlay problems={lacks} below="incomplete" />}
    </section>
  )
}

function Empty({ answer, state, onOpen, onWhy }: EmptyProps) {
  const newest = state.editions.find(each => each.key === answer.newest)
  return (
    <div class="nothing">
      <h2>Nothing to send</h2>
      <p>No post of {describeDays(answer.firstDay, answer.lastDay)} is picked for this edition.</p>
      <p class="actions">
        <button type="button" class="button" onClick={onWhy}>
          See why
        </button>
        {newest && (
          <button type="button" class="button primary" onClick={() => onOpen(newest.key)}>
            Open {newest.id}
          </button>
        )}
      </p>
    </div>
  )
}

interface EmptyProps {
  readonly answer: EditionAnswer & { readonly kind: 'nothing-to-send' }
  readonly state: PreviewState
  readonly onOpen: (key: EditionKey) => void
  readonly onWhy: () => void
}

function senderOf({ message }: EditionView): string {
  return message.headers.find(each => each.name.toLowerCase() === 'from')?.value ?? ''
}
