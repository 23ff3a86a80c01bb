import type { EditionEntry, EditionKey, PreviewState } from '../../api.ts'
import { describeDays, describeKinds } from '../describe.ts'
import { groupEditions } from '../edition-groups.ts'
import type { ChangeView } from '../use-view.ts'

/** What there is to look at: editions from content and from out/, and the templates they can be shown in. */
export function EditionList({ state, opened, template, onChange }: EditionListProps) {
  return (
    <nav class="side" aria-label="Editions and templates">
      {state.editions.length === 0 && <p class="quiet">No editions yet.</p>}
      {groupEditions(state.editions).map(({ title, entries }) => (
        <section key={title}>
          <h2>{title}</h2>
          <ul>
            {entries.map(entry => (
              <li key={entry.key}>
                <EditionRow entry={entry} isOpen={entry.key === opened} onOpen={() => onChange({ edition: entry.key })} />
              </li>
            ))}
          </ul>
        </section>
      ))}
      <Templates state={state} entry={state.editions.find(each => each.key === opened) ?? null} template={template} onChange={onChange} />
    </nav>
  )
}

/** A built edition has the look that it was built with, and no other. */
function Templates({ state, entry, template, onChange }: TemplatesProps) {
  const { template: own = null } = entry ?? {}
  const isBuilt = entry?.kind === 'built'
  return (
    <section>
      <h2>Templates</h2>
      {isBuilt && (
        <p class="quiet side-note">
          This edition was built{own === null ? '' : ` as ${own}`}. To see another look, open it from content, or build it with{' '}
          <code>--template</code>.
        </p>
      )}
      <ul>
        {!isBuilt && (
          <li>
            <TemplateRow
              name={own === null ? 'As configured' : 'As its file says'}
              more={own ?? state.defaultTemplate}
              isChosen={template === null}
              onChoose={() => onChange({ template: null })}
            />
          </li>
        )}
        {state.templates.map(name => (
          <li key={name}>
            <TemplateRow
              name={name}
              isChosen={isBuilt ? name === own : template === name}
              onChoose={isBuilt ? null : () => onChange({ template: name })}
            />
          </li>
        ))}
      </ul>
    </section>
  )
}

interface TemplatesProps {
  readonly state: PreviewState
  readonly entry: EditionEntry | null
  readonly template: string | null
  readonly onChange: ChangeView
}

function EditionRow({ entry, isOpen, onOpen }: { readonly entry: EditionEntry; readonly isOpen: boolean; readonly onOpen: () => void }) {
  const days = entry.id.split('--')
  return (
    <button type="button" class="row" aria-current={isOpen ? 'true' : undefined} onClick={onOpen}>
      <span class="row-name">
        {days.map((day, index) => (
          <span key={day} class="row-day">
            {index === days.length - 1 ? day : `${day}--`}
          </span>
        ))}
      </span>
      <span class="row-chips">
        {describeKinds(entry).map(kind => (
          <span key={kind} class={`chip ${tones[kind] ?? ''}`}>
            {kind}
          </span>
        ))}
      </span>
      <span class="row-more" dir="auto">
        {entry.subject ?? describeDays(entry.firstDay, entry.lastDay)}
      </span>
    </button>
  )
}

const tones: Readonly<Record<string, string>> = { sent: 'good', next: 'accent' }

function TemplateRow({ name, more, isChosen, onChoose }: TemplateRowProps) {
  return (
    <button
      type="button"
      class="row"
      aria-current={isChosen ? 'true' : undefined}
      disabled={onChoose === null}
      onClick={() => onChoose?.()}
    >
      <span class="row-name">{name}</span>
      {more && <span class="chip">{more}</span>}
    </button>
  )
}

interface TemplateRowProps {
  readonly name: string
  readonly more?: string
  readonly isChosen: boolean
  /** Null where it cannot be chosen. */
  readonly onChoose: (() => void) | null
}

interface EditionListProps {
  readonly state: PreviewState
  readonly opened: EditionKey | null
  readonly template: string | null
  readonly onChange: ChangeView
}
