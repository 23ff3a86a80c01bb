/** JSON that can be folded: objects and lists near the root stand open. */
export function JsonTree({ name, value, depth }: { readonly name?: string; readonly value: unknown; readonly depth: number }) {
  const label = name === undefined ? null : <span class="name">{name}: </span>
  if (typeof value !== 'object' || value === null || Object.keys(value).length === 0) {
    return (
      <div class="leaf">
        {label}
        <span class={typeof value === 'string' ? undefined : 'value'} dir="auto">
          {typeof value === 'string' ? value : JSON.stringify(value)}
        </span>
      </div>
    )
  }
  const children = Object.entries(value).map(([key, child]) => <JsonTree key={key} name={key} value={child} depth={depth + 1} />)
  if (name === undefined) return <>{children}</>
  return (
    <details open={depth < 2}>
      <summary>
        {label}
        <span class="quiet">{Array.isArray(value) ? `${value.length} in a list` : firstWords(value)}</span>
      </summary>
      <div class="branch">{children}</div>
    </details>
  )
}

// A folded item is told by what it is of: its post's title.
function firstWords(value: object): string {
  const titled = 'post' in value ? value.post : value
  if (typeof titled === 'object' && titled !== null && 'title' in titled && typeof titled.title === 'string') return titled.title
  return Object.keys(value).slice(0, 4).join(', ')
}
