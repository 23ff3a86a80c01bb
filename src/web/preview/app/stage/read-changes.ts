import { changesMeta } from '../../api.ts'

/** What a simulation says it has changed, out of the document that it made; none where it says nothing that can be read. */
export function readChanges(document: Document): readonly string[] {
  try {
    const content = document.querySelector(`meta[name="${changesMeta}"]`)?.getAttribute('content') ?? '[]'
    const changes: unknown = JSON.parse(content)
    return Array.isArray(changes) ? changes.filter(each => typeof each === 'string') : []
  } catch {
    return []
  }
}
