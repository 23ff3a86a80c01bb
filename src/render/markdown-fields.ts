import { markSafe, type SafeHtml } from './safe-html.ts'

/** The editor's Markdown in both forms that templates print. */
export interface RenderedMarkdown {
  readonly html: SafeHtml
  readonly text: string
}

// Gmail's apps take no style sheet for accounts of other providers, so what matters stands on the elements themselves.
const blockStyles: Readonly<Record<string, string>> = {
  p: 'margin:0 0 16px',
  ul: 'margin:0 0 16px',
  ol: 'margin:0 0 16px',
  li: 'margin:0 0 6px',
}

/**
 * Renders an introduction or a sponsor's text: only the tags and links that `markdownToSafeHtml` lets through, with their styles on them. `resolve`
 * gives the address that a link shall have, or null to drop the link and keep its words.
 */
export async function renderMarkdown(
  markdown: string,
  linkColour: string,
  resolve: (href: string) => string | null,
): Promise<RenderedMarkdown> {
  const { markdownToPlainText, markdownToSafeHtml } = await import('../content/markdown/editor-markdown.ts')
  const markup = markdownToSafeHtml(markdown, resolve).replace(/<(p|ul|ol|li|a)(?=[ >])/g, (tag, name: string) => {
    return name === 'a' ? `${tag} style="color:${linkColour}"` : `${tag} style="${blockStyles[name] ?? ''}"`
  })
  return { html: markSafe(markup), text: markdownToPlainText(markdown, resolve) }
}
