import { render } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { addresses, frameSandbox, type PreviewState } from '../api.ts'

const place = document.getElementById('app')
if (place !== null) render(<App />, place)

function App() {
  const [state, setState] = useState<PreviewState | null>(null)
  useEffect(() => {
    const load = async () => setState(await (await fetch(addresses.state)).json())
    const events = new EventSource(addresses.events)
    events.addEventListener('change', () => void load())
    return () => events.close()
  }, [])
  if (state === null) return <p>Loading …</p>
  const open = state.editions.find(each => each.next) ?? state.editions[0]
  return (
    <main>
      <h1>{state.publication.name}</h1>
      <ul>
        {state.editions.map(each => (
          <li key={each.key}>
            {each.id} ({each.kind})
          </li>
        ))}
      </ul>
      {open && (
        <iframe
          title="The email"
          sandbox={frameSandbox}
          width="600"
          height="900"
          src={addresses.frame(open.key, { revision: state.revision })}
        />
      )}
    </main>
  )
}
