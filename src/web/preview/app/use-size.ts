import { useLayoutEffect, useRef, useState } from 'preact/hooks'

/** An element's inner width and height in CSS pixels, followed as it changes; zero until it is laid out. */
export function useSize<T extends HTMLElement>() {
  const element = useRef<T>(null)
  const [size, setSize] = useState({ width: 0, height: 0 })
  useLayoutEffect(() => {
    const observed = element.current
    if (observed === null) return
    const measure = () => setSize({ width: observed.clientWidth, height: observed.clientHeight })
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(observed)
    return () => observer.disconnect()
  }, [])
  return [element, size] as const
}
