/** The archive for programs: RSS 2.0, Atom (RFC 4287) and a sitemap (sitemaps.org). */

import { escapeXml } from '../../render/escape-xml.ts'
import type { ArchivedEdition } from './archived-edition.ts'
import type { PublicSite } from './public-site.ts'

/** What feeds say of the publication. */
export type FeedSite = Pick<PublicSite, 'config' | 'publicUrl'>

const mostInFeed = 50

/** https://www.rssboard.org/rss-specification */
export function rssFeed({ config, publicUrl }: FeedSite, editions: readonly ArchivedEdition[]): string {
  const items = editions.slice(0, mostInFeed).map(
    ({ id, subject, preheader, sentAt }) => `<item>
<title>${escapeXml(subject)}</title>
<link>${escapeXml(`${publicUrl}/${id}`)}</link>
<guid isPermaLink="true">${escapeXml(`${publicUrl}/${id}`)}</guid>
<pubDate>${sentAt.toUTCString()}</pubDate>
<description>${escapeXml(preheader)}</description>
</item>`,
  )
  return `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom">
<channel>
<title>${escapeXml(config.site.name)}</title>
<link>${escapeXml(`${publicUrl}/`)}</link>
<atom:link href="${escapeXml(`${publicUrl}/feed.xml`)}" rel="self" type="application/rss+xml"/>
<description>${escapeXml(config.site.name)}</description>
<language>${escapeXml(config.site.language)}</language>
${items.join('\n')}
</channel>
</rss>
`
}

/** RFC 4287. */
export function atomFeed({ config, publicUrl }: FeedSite, editions: readonly ArchivedEdition[]): string {
  const entries = editions.slice(0, mostInFeed).map(
    ({ id, subject, preheader, sentAt }) => `<entry>
<title>${escapeXml(subject)}</title>
<link href="${escapeXml(`${publicUrl}/${id}`)}"/>
<id>${escapeXml(`${publicUrl}/${id}`)}</id>
<updated>${sentAt.toISOString()}</updated>
<summary>${escapeXml(preheader)}</summary>
</entry>`,
  )
  return `<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${escapeXml(config.site.language)}">
<title>${escapeXml(config.site.name)}</title>
<link href="${escapeXml(`${publicUrl}/`)}"/>
<link rel="self" href="${escapeXml(`${publicUrl}/atom.xml`)}"/>
<id>${escapeXml(`${publicUrl}/`)}</id>
<updated>${(editions[0]?.sentAt ?? new Date(0)).toISOString()}</updated>
<author><name>${escapeXml(config.site.name)}</name></author>
${entries.join('\n')}
</feed>
`
}

/** https://www.sitemaps.org/protocol.html */
export function sitemap({ publicUrl }: FeedSite, editions: readonly ArchivedEdition[]): string {
  const urls = editions.map(
    ({ id, sentAt }) => `<url><loc>${escapeXml(`${publicUrl}/${id}`)}</loc><lastmod>${sentAt.toISOString()}</lastmod></url>`,
  )
  return `<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<url><loc>${escapeXml(`${publicUrl}/`)}</loc></url>
${urls.join('\n')}
</urlset>
`
}
