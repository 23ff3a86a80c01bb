import { useRef } from 'preact/hooks'
import { clampWidth, widthLimits } from '../view.ts'

/**
 * The frame's edge, to drag or to move with the arrow keys (10 pixels; 1 with Alt, 50 with Shift). The frame is centred, so its edge moves half as far as
 * it grows.
 */
export function ResizeHandle({ width, growth, onResize }: ResizeHandleProps) {
  const start = useRef<{ readonly x: number; readonly width: number } | null>(null)
  const step = (event: KeyboardEvent) => {
    const by = event.shiftKey ? 50 : event.altKey ? 1 : 10
    const to = { ArrowLeft: width - by, ArrowRight: width + by, Home: widthLimits.least, End: widthLimits.most }[event.key]
    if (to === undefined) return
    event.preventDefault()
    onResize(clampWidth(to))
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a window splitter of WAI-ARIA has a value and takes the focus; an hr does neither
    <div
      class="handle"
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label="Width of the email"
      aria-valuenow={width}
      aria-valuemin={widthLimits.least}
      aria-valuemax={widthLimits.most}
      aria-valuetext={`${width} pixels`}
      onKeyDown={step}
      onPointerDown={event => {
        event.currentTarget.setPointerCapture(event.pointerId)
        start.current = { x: event.clientX, width }
      }}
      onPointerMove={event => {
        if (start.current !== null) onResize(clampWidth(start.current.width + (event.clientX - start.current.x) * growth))
      }}
      onLostPointerCapture={() => {
        start.current = null
      }}
    />
  )
}

interface ResizeHandleProps {
  readonly width: number
  /** How many pixels the frame grows for one of the pointer's: 2 when it is centred, more when it is shown smaller. */
  readonly growth: number
  readonly onResize: (width: number) => void
}
