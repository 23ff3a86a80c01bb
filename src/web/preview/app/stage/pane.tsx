import type { ComponentChildren } from 'preact'
import { useCallback, useState } from 'preact/hooks'
import type { SimulationEntry } from '../../api.ts'
import { useSize } from '../use-size.ts'
import { Changes } from './changes.tsx'
import { EmailFrame, type FollowedLink } from './email-frame.tsx'
import { readChanges } from './read-changes.ts'
import { ResizeHandle } from './resize-handle.tsx'

/** One email on its canvas, under the choice of what it is shown as. Where it is wider than there is room, it is shown smaller. */
export function Pane({ src, title, width, simulation, choice, onShown, onFollow, onResize }: PaneProps) {
  const [desk, { width: room, height }] = useSize<HTMLDivElement>()
  const [changes, setChanges] = useState<readonly string[] | null>(null)
  const scale = room === 0 ? 1 : Math.min(1, (room - 2 * handleRoom) / width)
  const shown = useCallback(
    (document: Document) => {
      setChanges(readChanges(document))
      onShown(document)
    },
    [onShown],
  )
  return (
    <div class="pane">
      <div class="pane-head">
        {choice}
        {simulation && <Changes simulation={simulation} changes={changes} />}
        {scale < 0.995 && (
          <span class="chip" title="Shown smaller, so that it fits">
            {Math.round(scale * 100)} %
          </span>
        )}
      </div>
      <div class="desk" ref={desk}>
        <div
          class={simulation?.scheme === 'dark' ? 'paper dark' : 'paper'}
          style={{ width: `${width}px`, height: `${height / scale}px`, transform: `scale(${scale}) translateX(-50%)` }}
        >
          <EmailFrame src={src} title={title} onShown={shown} onFollow={onFollow} />
          {onResize && <ResizeHandle width={width} growth={2 / scale} onResize={onResize} />}
        </div>
      </div>
    </div>
  )
}

const handleRoom = 16

interface PaneProps {
  readonly src: string
  readonly title: string
  readonly width: number
  readonly simulation: SimulationEntry | null
  readonly choice: ComponentChildren
  readonly onShown: (document: Document) => void
  readonly onFollow: (link: FollowedLink) => void
  /** Null where the width cannot be changed here. */
  readonly onResize: ((width: number) => void) | null
}
