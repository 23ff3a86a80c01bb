/** What the page shows, as plain data that fits in the address's hash: a reload, and a link to a colleague's own preview, keep the place. */

/** The tabs, in their order. */
export const tabs = ['email', 'findings', 'html', 'text', 'message', 'data', 'weight', 'selection'] as const

/** One of the tabs. */
export type Tab = (typeof tabs)[number]

/** Widths worth a button: iPhone SE to 8, iPhone Plus, the email's own width, a tablet, a desktop's reading pane. */
export const widths = [375, 414, 600, 768, 1024] as const

/** The narrowest and the widest frame, in CSS pixels. */
export const widthLimits = { least: 280, most: 1400 } as const

/** What stands beside the email: nothing, another simulation of it, or the edition before it. */
export type Beside = { readonly kind: 'nothing' } | { readonly kind: 'simulation'; readonly id: string } | { readonly kind: 'last' }

/** Everything the editor has chosen. Null leaves the choice to the server: its newest edition, the configured template, the first recipient. */
export interface View {
  readonly edition: string | null
  readonly template: string | null
  readonly recipient: string | null
  /** The second subject, where an edition tries two; null: the first. */
  readonly variant: 'B' | null
  /** Null shows the email as it is. */
  readonly simulation: string | null
  readonly beside: Beside
  /** CSS pixels; null: what suits the window. */
  readonly width: number | null
  readonly tab: Tab
  /** Whether pictures are loaded from elsewhere. */
  readonly remote: boolean
}

/** What is shown where the address says nothing. */
const firstView: View = {
  edition: null,
  template: null,
  recipient: null,
  variant: null,
  simulation: null,
  beside: { kind: 'nothing' },
  width: null,
  tab: 'email',
  remote: false,
}

/** Reads a hash such as `#edition=2026-w09&width=375`; whatever it cannot understand is as if it were not there. */
export function parseView(hash: string): View {
  const fields = new URLSearchParams(hash.replace(/^#/, ''))
  const tab = tabs.find(each => each === fields.get('tab')) ?? firstView.tab
  const width = Number(fields.get('width') ?? Number.NaN)
  return {
    edition: fields.get('edition'),
    template: fields.get('template'),
    recipient: fields.get('recipient'),
    variant: fields.get('variant') === 'B' ? 'B' : null,
    simulation: fields.get('simulation'),
    beside: parseBeside(fields.get('beside')),
    width: Number.isFinite(width) ? clampWidth(width) : null,
    tab,
    // Never from a link: pictures from elsewhere tell their servers who looks, so each page asks again.
    remote: false,
  }
}

/** The hash of a view, without what is as at first. */
export function formatView(view: View): string {
  const fields = new URLSearchParams()
  for (const name of ['edition', 'template', 'recipient', 'variant', 'simulation'] as const) {
    const value = view[name]
    if (value !== null) fields.set(name, value)
  }
  if (view.beside.kind === 'last') fields.set('beside', 'last')
  if (view.beside.kind === 'simulation') fields.set('beside', `simulation:${view.beside.id}`)
  if (view.width !== null) fields.set('width', String(view.width))
  if (view.tab !== firstView.tab) fields.set('tab', view.tab)
  const text = fields.toString()
  return text === '' ? '' : `#${text}`
}

/** The nearest width that a frame may have. */
export function clampWidth(width: number): number {
  return Math.round(Math.min(widthLimits.most, Math.max(widthLimits.least, width)))
}

function parseBeside(value: string | null): Beside {
  if (value === 'last') return { kind: 'last' }
  if (value?.startsWith('simulation:')) return { kind: 'simulation', id: value.slice('simulation:'.length) }
  return { kind: 'nothing' }
}
