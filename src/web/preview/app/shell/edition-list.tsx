import type { EditionEntry, EditionKey, PreviewState } from '../../api.ts'
import { describeDays, describeKind } from '../describe.ts'
import type { ChangeView } from '../use-view.ts'

/** What there is to look at: editions from content and from out/, and the templates they can be shown in. */
export function EditionList({ state, opened, template, onChange }: EditionListProps) {
  const groups = [
    { title: 'From content', entries: state.editions.filter(each => each.kind !== 'built') },
    { title: 'Built', entries: state.editions.filter(each => each.kind === 'built') },
  ]
  return (
    <nav class="side" aria-label="Editions and templates">
      {state.editions.length === 0 && <p class="quiet">No editions yet.</p>}
      {groups.map(
        ({ title, entries }) =>
          entries.length > 0 && (
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
          ),
      )}
      <section>
        <h2>Templates</h2>
        <ul>
          <li>
            <TemplateRow
              name="As configured"
              more={state.defaultTemplate}
              isChosen={template === null}
              onChoose={() => onChange({ template: null })}
            />
          </li>
          {state.templates.map(name => (
            <li key={name}>
              <TemplateRow name={name} isChosen={template === name} onChoose={() => onChange({ template: name })} />
            </li>
          ))}
        </ul>
      </section>
    </nav>
  )
}

function EditionRow({ entry, isOpen, onOpen }: { readonly entry: EditionEntry; readonly isOpen: boolean; readonly onOpen: () => void }) {
  const kind = describeKind(entry)
  const tone = { sent: 'good', next: 'accent' }[kind] ?? ''
  return (
    <button type="button" class="row" aria-current={isOpen ? 'true' : undefined} onClick={onOpen}>
      <span class="row-name">{entry.id}</span>
      <span class={`chip ${tone}`}>{kind}</span>
      <span class="row-more" dir="auto">
        {entry.subject ?? describeDays(entry.firstDay, entry.lastDay)}
      </span>
    </button>
  )
}

function TemplateRow({ name, more, isChosen, onChoose }: TemplateRowProps) {
  return (
    <button type="button" class="row" aria-current={isChosen ? 'true' : undefined} onClick={onChoose}>
      <span class="row-name">{name}</span>
      {more && <span class="chip">{more}</span>}
    </button>
  )
}

interface TemplateRowProps {
  readonly name: string
  readonly more?: string
  readonly isChosen: boolean
  readonly onChoose: () => void
}

interface EditionListProps {
  readonly state: PreviewState
  readonly opened: EditionKey | null
  readonly template: string | null
  readonly onChange: ChangeView
}
