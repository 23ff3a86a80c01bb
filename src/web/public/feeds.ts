/** The archive for programs: RSS 2.0, Atom (RFC 4287) and a sitemap (sitemaps.org). */

import { escapeHtml } from '../../render/escape-html.ts'
import type { ArchivedEdition } from './archived-edition.ts'
import type { PublicSite } from './public-site.ts'

/** What feeds say of the publication. */
export type FeedSite = Pick<PublicSite, 'config' | 'publicUrl'>

const mostInFeed = 50

/** https://www.rssboard.org/rss-specification */
export function rssFeed({ config, publicUrl }: FeedSite, editions: readonly ArchivedEdition[]): string {
  const items = editions.slice(0, mostInFeed).map(
    ({ id, subject, preheader, sentAt }) => `<item>
<title>${escapeHtml(subject)}</title>
<link>${escapeHtml(`${publicUrl}/${id}`)}</link>
<guid isPermaLink="true">${escapeHtml(`${publicUrl}/${id}`)}</guid>
<pubDate>${sentAt.toUTCString()}</pubDate>
<description>${escapeHtml(preheader)}</description>
</item>`,
  )
  return `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom">
<channel>
<title>${escapeHtml(config.site.name)}</title>
<link>${escapeHtml(`${publicUrl}/`)}</link>
<atom:link href="${escapeHtml(`${publicUrl}/feed.xml`)}" rel="self" type="application/rss+xml"/>
<description>${escapeHtml(config.site.name)}</description>
<language>${escapeHtml(config.site.language)}</language>
${items.join('\n')}
</channel>
</rss>
`
}

/** RFC 4287. */
export function atomFeed({ config, publicUrl }: FeedSite, editions: readonly ArchivedEdition[]): string {
  const entries = editions.slice(0, mostInFeed).map(
    ({ id, subject, preheader, sentAt }) => `<entry>
<title>${escapeHtml(subject)}</title>
<link href="${escapeHtml(`${publicUrl}/${id}`)}"/>
<id>${escapeHtml(`${publicUrl}/${id}`)}</id>
<updated>${sentAt.toISOString()}</updated>
<summary>${escapeHtml(preheader)}</summary>
</entry>`,
  )
  return `<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${escapeHtml(config.site.language)}">
<title>${escapeHtml(config.site.name)}</title>
<link href="${escapeHtml(`${publicUrl}/`)}"/>
<link rel="self" href="${escapeHtml(`${publicUrl}/atom.xml`)}"/>
<id>${escapeHtml(`${publicUrl}/`)}</id>
<updated>${(editions[0]?.sentAt ?? new Date(0)).toISOString()}</updated>
<author><name>${escapeHtml(config.site.name)}</name></author>
${entries.join('\n')}
</feed>
`
}

/** https://www.sitemaps.org/protocol.html */
export function sitemap({ publicUrl }: FeedSite, editions: readonly ArchivedEdition[]): string {
  const urls = editions.map(
    ({ id, sentAt }) => `<url><loc>${escapeHtml(`${publicUrl}/${id}`)}</loc><lastmod>${sentAt.toISOString()}</lastmod></url>`,
  )
  return `<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<url><loc>${escapeHtml(`${publicUrl}/`)}</loc></url>
${urls.join('\n')}
</urlset>
`
}
