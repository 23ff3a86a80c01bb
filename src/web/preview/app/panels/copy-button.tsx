import { useState } from 'preact/hooks'

/** Copies text; says whether that went well. */
export function CopyButton({ text, what }: { readonly text: string; readonly what: string }) {
  const [said, setSaid] = useState<string | null>(null)
  const copy = () => {
    navigator.clipboard.writeText(text).then(
      () => setSaid('Copied'),
      () => setSaid('The browser does not allow copying'),
    )
  }
  return (
    <span class="copy">
      <span role="status">{said}</span>
      <button type="button" class="button" onClick={copy} onBlur={() => setSaid(null)}>
        Copy <span class="unseen">{what}</span>
      </button>
    </span>
  )
}
