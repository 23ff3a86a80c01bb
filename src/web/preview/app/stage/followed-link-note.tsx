import type { FollowedLink } from './email-frame.tsx'
import { Note } from './note.tsx'

/** Where a link leads that somebody clicked in the email. Only web addresses can be opened from here, and only on purpose. */
export function FollowedLinkNote({ link, onClose }: { readonly link: FollowedLink; readonly onClose: () => void }) {
  const opens = /^https?:\/\//i.test(link.href)
  return (
    <Note onClose={onClose}>
      <span class="quiet">Leads to</span>
      {opens ? (
        <a href={link.href} target="_blank" rel="noreferrer noopener" title={link.href}>
          {link.href}
        </a>
      ) : (
        <code>{link.href === '' ? 'nothing' : link.href}</code>
      )}
    </Note>
  )
}
