import { useId } from 'preact/hooks'
import type { EditionEntry, EditionView, PreviewState } from '../../api.ts'
import { Icon } from '../shell/icon.tsx'
import { SubjectPick } from '../subject-pick.tsx'
import type { ChangeView } from '../use-view.ts'
import { type View, widths } from '../view.ts'
import { besideFor } from './beside-for.ts'

/** What the email is shown with. The same controls stand above the email and, where that is too narrow, in a drawer. */
export function Toolbar({ state, entry, trial, view, width, onChange }: ToolbarProps) {
  const name = useId()
  const isBeside = view.beside.kind !== 'nothing'
  return (
    <section class="toolbar" aria-label="How the email is shown">
      <fieldset class="segments">
        <legend class="unseen">Width in pixels</legend>
        {widths.map(each => (
          <label key={each}>
            <input type="radio" name={name} checked={each === width} onChange={() => onChange({ width: each })} />
            {each}
          </label>
        ))}
      </fieldset>
      {!widths.some(each => each === width) && <span class="now-width">{width} px</span>}
      <button
        type="button"
        class="button"
        aria-pressed={isBeside}
        onClick={() => onChange({ beside: isBeside ? { kind: 'nothing' } : besideFor(state, entry, view) })}
      >
        <Icon name="beside" />
        Side by side
      </button>
      <SubjectPick trial={trial} onChange={onChange} />
      <label class="choice">
        <span>To</span>
        <select
          class="pick"
          value={view.recipient ?? state.recipients[0]?.id ?? ''}
          onChange={event => onChange({ recipient: event.currentTarget.value })}
        >
          {state.recipients.map(({ id, label }) => (
            <option key={id} value={id}>
              {label}
            </option>
          ))}
        </select>
      </label>
      <button type="button" class="switch" role="switch" aria-checked={view.remote} onClick={() => onChange({ remote: !view.remote })}>
        Remote pictures
      </button>
    </section>
  )
}

interface ToolbarProps {
  readonly state: PreviewState
  readonly entry: Pick<EditionEntry, 'previous'>
  /** Of the opened edition, as far as it is known. */
  readonly trial: EditionView['trial']
  readonly view: View
  /** What `view.width` comes to in this window. */
  readonly width: number
  readonly onChange: ChangeView
}
