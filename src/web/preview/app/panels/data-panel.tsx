import type { Edition } from '../../../../edition/edition.ts'
import { describeDays, plural } from '../describe.ts'
import { CopyButton } from './copy-button.tsx'
import { JsonTree } from './json-tree.tsx'
import { Panel } from './panel.tsx'

/** The edition as plain data: what templates are filled with. */
export function DataPanel({ edition }: { readonly edition: Edition }) {
  const { window, items, words, template, language } = edition
  return (
    <Panel tab="data" title="edition.json" actions={<CopyButton text={JSON.stringify(edition, null, 2)} what="edition.json" />}>
      <p class="quiet">
        {describeDays(window.firstDay, window.lastDay)} · {plural(items.length, 'item')} · {plural(words, 'word')} · template {template} ·{' '}
        {language}
      </p>
      <div class="tree">
        <JsonTree value={edition} depth={0} />
      </div>
    </Panel>
  )
}
