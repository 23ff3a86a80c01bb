import { useId } from 'preact/hooks'
import type { EditionView } from '../api.ts'
import type { ChangeView } from './use-view.ts'

/** Which of two subjects the email is shown with; nothing where it has one. */
export function SubjectPick({ trial, onChange }: SubjectPickProps) {
  const name = useId()
  if (trial === null) return null
  return (
    <fieldset class="segments">
      <legend class="unseen">Subject</legend>
      {(['A', 'B'] as const).map((variant, index) => (
        <label key={variant} title={trial.subjects[index]}>
          <input
            type="radio"
            name={name}
            checked={variant === trial.variant}
            onChange={() => onChange({ variant: variant === 'B' ? 'B' : null })}
          />
          <span class="unseen">Subject </span>
          {variant}
        </label>
      ))}
    </fieldset>
  )
}

interface SubjectPickProps {
  readonly trial: EditionView['trial']
  readonly onChange: ChangeView
}
