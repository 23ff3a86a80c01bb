import { Icon } from '../shell/icon.tsx'
import type { FollowedLink } from './email-frame.tsx'

/** Where a link leads that somebody clicked in the email. Only web addresses can be opened from here, and only on purpose. */
export function FollowedLinkNote({ link, onClose }: { readonly link: FollowedLink; readonly onClose: () => void }) {
  const opens = /^https?:\/\//i.test(link.href)
  return (
    <div class="followed" role="status">
      <span class="quiet">Leads to</span>
      {opens ? (
        <a href={link.href} target="_blank" rel="noreferrer noopener" title={link.href}>
          {link.href}
        </a>
      ) : (
        <code>{link.href === '' ? 'nothing' : link.href}</code>
      )}
      <button type="button" class="button icon bare" aria-label="Close" onClick={onClose}>
        <Icon name="close" />
      </button>
    </div>
  )
}
