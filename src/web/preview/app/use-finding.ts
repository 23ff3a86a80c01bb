import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks'
import type { EmailPart, Finding } from '../../../inspect/finding.ts'
import type { EditionView } from '../api.ts'
import type { OutlinedFinding } from './stage/panes.tsx'
import { useMedia } from './use-media.ts'
import type { ChangeView } from './use-view.ts'
import type { Tab } from './view.ts'

/** The finding whose place is shown. */
export interface FindingChoice {
  readonly finding: Finding | null
  readonly outlined: OutlinedFinding | null
  readonly count: number
  readonly choose: (index: number) => void
  readonly clear: () => void
}

const none: readonly Finding[] = []
const tabOf: Readonly<Partial<Record<EmailPart, Tab>>> = { text: 'text', message: 'message' }

/** Keeps one finding chosen as long as the email still has it, and opens the tab in which its place can be seen. */
export function useFinding(edition: EditionView | null, change: ChangeView): FindingChoice {
  const [chosen, setChosen] = useState<{ readonly said: string; readonly index: number; readonly at: number } | null>(null)
  const findings = edition?.findings ?? none
  const isWide = useMedia('(width >= 1280px)')
  const clicks = useRef(0)
  const index = chosen?.index ?? -1
  const finding = findings[index] ?? null
  const isSame = finding !== null && saidBy(finding) === chosen?.said

  useEffect(() => {
    if (chosen === null || isSame || findings.length === 0) return
    // After an edit the same finding may stand at another number, or be gone.
    const now = findings.findIndex(each => saidBy(each) === chosen.said)
    setChosen(now === -1 ? null : { ...chosen, index: now })
  }, [findings, chosen, isSame])

  const choose = useCallback(
    (to: number) => {
      const next = findings[to]
      if (next === undefined) return
      clicks.current += 1
      setChosen({ said: saidBy(next), index: to, at: clicks.current })
      const tab = tabOf[next.place.part]
      if (tab !== undefined) change({ tab })
      else if (!isWide && next.place.part !== 'settings' && next.place.part !== 'edition') change({ tab: 'email' })
    },
    [findings, isWide, change],
  )
  const clear = useCallback(() => setChosen(null), [])
  const place = edition?.places[index] ?? null
  const at = isSame ? (chosen?.at ?? null) : null
  const inHtml = finding?.place.part === 'html'
  const outlined = useMemo(() => (at === null ? null : { index, place, at, inHtml }), [index, place, at, inHtml])
  return { finding: isSame ? finding : null, outlined, count: findings.length, choose, clear }
}

function saidBy({ rule, message, place }: Finding): string {
  return JSON.stringify([rule, message, place.excerpt])
}
