import fc from 'fast-check'
import { Parser } from 'htmlparser2'
import { describe, expect, it } from 'vitest'
import type { Email, Segment } from '../../src/render/email.ts'
import { exportFor, services } from '../../src/render/export-for.ts'
import { editionOf, itemOf } from './edition-fixture.ts'
import { renderFixture } from './rendered.ts'

function emailOf(html: readonly Segment[], text: readonly Segment[] = html, subject = 'Salt'): Email {
  const hashes = { subject: '', html: '', text: '', content: '' }
  return {
    version: 1,
    edition: 'x',
    language: 'en',
    direction: 'ltr',
    date: '',
    preheader: '',
    subject: [{ text: subject }],
    html,
    text,
    hashes,
  }
}

const name: Segment = { merge: 'name', context: 'html', fallback: 'friend' }
const look = [
  '*|FNAME|*',
  '{{ contact.X }}',
  '{{ .Subscriber.Name }}',
  '{{ subscriber.metadata }}',
  '{% if x %}',
  '{# x #}',
  '{{{',
  '**|X|**',
].join(' ')

describe('exportFor()', () => {
  it.each([
    ['mailchimp', '*|UNSUB|*', '*|UPDATE_PROFILE|*', '*|ARCHIVE|*'],
    ['brevo', '{{ unsubscribe }}', '{{ update_profile }}', '{{ mirror }}'],
    ['listmonk', '{{ UnsubscribeURL }}', '{{ UnsubscribeURL }}?manage=true', '{{ MessageURL }}'],
    ['buttondown', '{{ unsubscribe_url }}', '{{ manage_subscription_url }}', '{{ email_url }}'],
  ] as const)('writes the links of %s', async (service, unsubscribe, preferences, view) => {
    const { email } = await renderFixture(editionOf())
    const { html, text, subject } = exportFor(service, email)
    for (const address of [unsubscribe, preferences, view])
      expect([html.includes(`href="${address}"`), text.includes(address)]).toEqual([true, true])
    expect(subject).toBe('How the salt clock keeps time')
  })

  it.each([
    ['mailchimp', 'Hello *|IF:FNAME|**|FNAME|**|ELSE:|*friend*|END:IF|*!'],
    ['brevo', 'Hello {% if contact.FIRSTNAME %}{{ contact.FIRSTNAME }}{% else %}friend{% endif %}!'],
    ['listmonk', 'Hello {{ if .Subscriber.FirstName }}{{ .Subscriber.FirstName }}{{ else }}friend{{ end }}!'],
    ['buttondown', 'Hello {% if subscriber.metadata.first_name %}{{ subscriber.metadata.first_name }}{% else %}friend{% endif %}!'],
  ] as const)('writes the name with its fallback for %s', (service, expected) => {
    expect(exportFor(service, emailOf([{ text: 'Hello ' }, name, { text: '!' }])).html).toBe(expected)
  })

  it.each(services)('makes text of posts that looks like the syntax of %s harmless, and as good as unchanged to see', async service => {
    const { email } = await renderFixture(editionOf({ subject: look, items: [itemOf({ title: look, category: look })] }))
    const { html, text, subject } = exportFor(service, email)
    const syntax = service === 'mailchimp' ? /\*\|(?!UNSUB\||UPDATE_PROFILE\||ARCHIVE\|)[^|]*\|/ : /\{\{(?! \w+ \}\})|\{%|\{#(?!outlook)/
    const ours = service === 'listmonk' ? '{{ UnsubscribeURL }}?manage=true' : ''
    for (const part of [html, text, subject]) expect(part.replace(ours, '')).not.toMatch(syntax)
    let shown = ''
    new Parser({ ontext: piece => (shown += piece) }).end(html)
    expect(shown).toContain(look)
    expect(text.replaceAll('\u2060', '')).toContain(look)
    expect(subject.replaceAll('\u2060', '')).toBe(look)
  })

  it.each(services)('makes a fallback harmless too for %s', service => {
    const { html } = exportFor(service, emailOf([{ ...name, fallback: '{{ x }} *|Y|* <b>' }]))
    expect(html).not.toMatch(service === 'mailchimp' ? /\*\|Y|<b>/ : /\{\{ x|<b>/)
  })

  it('lets no text open the syntax of a service that reads braces', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('{', '}', '%', '#', 'a', ' ') }), text => {
        const { html, text: plain } = exportFor('buttondown', emailOf([{ text }, { text }]))
        expect(html + plain).not.toMatch(/\{[{%#]/)
      }),
    )
  })

  it('leaves the style sheet a style sheet', () => {
    const style = '<style>@media x{#outlook a{color:red}}</style><p>{#</p>'
    expect(exportFor('brevo', emailOf([{ text: style }])).html).toBe('<style>@media x{ #outlook a{color:red}}</style><p>&#123;#</p>')
  })
})
