import type { SimulationEntry } from '../../api.ts'

/** The choice of what one pane shows the email as. `last` offers the edition before, for the pane beside. */
export function SimulationPick({ label, value, simulations, last, onPick }: SimulationPickProps) {
  const light = simulations.filter(each => each.scheme === 'light')
  const dark = simulations.filter(each => each.scheme === 'dark')
  return (
    <select class="pick" aria-label={label} value={value} onChange={event => onPick(event.currentTarget.value)}>
      <option value="">The email as it is, in the light</option>
      {last !== null && <option value={lastEdition}>The edition before: {last}</option>}
      {light.length > 0 && <Group label="Simulations" entries={light} />}
      {dark.length > 0 && <Group label="Simulations in the dark" entries={dark} />}
    </select>
  )
}

/** The value that stands for the edition before. */
export const lastEdition = '@last'

function Group({ label, entries }: { readonly label: string; readonly entries: readonly SimulationEntry[] }) {
  return (
    <optgroup label={label}>
      {entries.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </optgroup>
  )
}

interface SimulationPickProps {
  readonly label: string
  readonly value: string
  readonly simulations: readonly SimulationEntry[]
  /** Id of the edition before; null where there is none to offer. */
  readonly last: string | null
  readonly onPick: (value: string) => void
}
