import { describe, expect, it } from 'vitest'
import { pageOf, shown } from './shown.ts'

const email = pageOf(
  '<style>.head{background:#111111;color:#fafafa}@media (prefers-color-scheme:dark){.head{color:#00ff00}}</style>',
  '<table bgcolor="#ffffff"><tr><td style="color:#1b1b1f;border:1px solid #dddddd">Text <font color="#000000">x</font></td></tr></table><img src="https://a.example/x.png" alt="">',
)

// Litmus, "The Ultimate Guide to Dark Mode for Email Marketers", "full color invert": light areas become dark, and dark ones light. Gmail for iOS, Outlook on Windows.
describe('dark by full inversion', () => {
  const page = shown('dark-inverted', email)

  it('turns light dark and dark light, backgrounds, text and borders alike', () => {
    expect(page).toContain('<table bgcolor="#000000">')
    expect(page).toContain('color:#e0e0e4;border:1px solid #222222')
    expect(page).toContain('<font color="#ffffff">')
    expect(page).toContain('.head{background:#eeeeee;color:#050505}')
  })

  it('keeps the hue of a colour', () => {
    // hsl(210 100% 20%) against hsl(210 100% 80%)
    expect(shown('dark-inverted', '<p style="color:#003366">x</p>')).toContain('color:#99ccff')
  })

  it('takes no dark styles, and leaves pictures alone', () => {
    expect(page).not.toContain('00ff00')
    expect(page).toContain('<img src="https://a.example/x.png" alt="">')
  })

  it('gives text and canvas without colours of their own the inverted ones', () => {
    expect(page).toContain('html{background:#000000;color:#ffffff}')
  })
})

// The same guide, "partial color invert": only light backgrounds and the dark text on them change; what is dark already stays. Outlook.com, Gmail for Android.
describe('dark by partial inversion', () => {
  const page = shown('dark-partly-inverted', email)

  it('darkens light backgrounds and lightens dark text', () => {
    expect(page).toContain('<table bgcolor="#000000">')
    expect(page).toContain('color:#e0e0e4;border:1px solid #222222')
  })

  it('keeps a dark design as it is', () => {
    expect(page).toContain('.head{background:#111111;color:#fafafa}')
  })
})

describe('recolouring', () => {
  it.each([
    ['background:#fff url("a.png?c=#fff") no-repeat', 'background:#000000 url("a.png?c=#fff") no-repeat'],
    ['background:linear-gradient(to right, white, rgb(238, 238, 238))', 'background:linear-gradient(to right, #000000, #111111)'],
    ['background-color:rgba(255, 255, 255, 0.5)', 'background-color:rgba(0, 0, 0, 0.5)'],
    ['border-left:4px solid hsl(0, 0%, 100%)', 'border-left:4px solid #000000'],
    ['color:inherit;border-radius:4px;font-family:Black Ops', 'color:inherit;border-radius:4px;font-family:Black Ops'],
  ])('makes of %s %s', (before, after) => {
    expect(shown('dark-inverted', `<p style='${before}'>x</p>`).replaceAll('&quot;', '"')).toContain(after)
  })
})
