import type { Server } from '../use-server.ts'
import { Icon } from './icon.tsx'

/** The publication's name, whether the page is up to date, and what can be done from everywhere. */
export function TopBar({ server, isWorking, canSend, onOpen }: TopBarProps) {
  return (
    <header class="top">
      <button type="button" class="button icon bare only-narrow" aria-label="Editions and templates" onClick={() => onOpen('editions')}>
        <Icon name="menu" />
      </button>
      <div class="top-name">
        <h1>{server.state?.publication.name ?? 'news-digest'}</h1>
        <span class="quiet">preview</span>
      </div>
      <Live server={server} isWorking={isWorking} />
      <button type="button" class="button icon only-small" aria-label="How the email is shown" onClick={() => onOpen('options')}>
        <Icon name="options" />
      </button>
      <button type="button" class="button" disabled={!canSend} onClick={() => onOpen('send')}>
        <Icon name="send" />
        <span class="words">Send a test…</span>
      </button>
      <button type="button" class="button icon" aria-label="Keyboard shortcuts" onClick={() => onOpen('shortcuts')}>
        ?
      </button>
    </header>
  )
}

function Live({ server, isWorking }: { readonly server: Server; readonly isWorking: boolean }) {
  const { connected } = server
  const words = connected ? (describeChanged(server.changed) ?? (isWorking ? 'Loading…' : 'Up to date')) : 'No connection'
  return (
    <span class={connected ? (isWorking ? 'live working' : 'live') : 'live lost'} role="status">
      <span class="live-words">{words}</span>
    </span>
  )
}

function describeChanged([file, ...more]: readonly string[]): string | null {
  return file === undefined ? null : `Updated: ${file}${more.length > 0 ? ` and ${more.length} more` : ''}`
}

/** What can stand above the page. */
export type Opened = 'editions' | 'options' | 'send' | 'shortcuts'

interface TopBarProps {
  readonly server: Server
  readonly isWorking: boolean
  readonly canSend: boolean
  readonly onOpen: (what: Opened) => void
}
