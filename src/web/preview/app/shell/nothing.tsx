import type { PreviewState } from '../../api.ts'

/** A publication without any edition: what to do to get one. */
export function Nothing({ state }: { readonly state: PreviewState }) {
  return (
    <div class="nothing">
      <h2>Nothing to show yet</h2>
      <p>
        {state.publication.name} has no post that an edition takes. Write one with <code>featured: true</code> in its front matter: this
        page shows the edition as soon as the file is saved.
      </p>
      <p>
        <code>news-digest plan latest</code> tells of every post why it is left out.
      </p>
    </div>
  )
}
