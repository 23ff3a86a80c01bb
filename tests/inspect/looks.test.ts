import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { contrastOn, hexOf, invert, parseColour } from '../../src/inspect/colour.ts'
import type { Appearance, Look } from '../../src/inspect/computed-look.ts'
import type { InspectContext } from '../../src/inspect/finding.ts'
import { inspectEmail } from '../../src/inspect/inspect-email.ts'
import { matchesMedia } from '../../src/inspect/match-media.ts'
import { matches, parseSelector } from '../../src/inspect/match-selector.ts'
import { takeApart } from '../../src/inspect/take-apart.ts'
import { emailOf } from '../message/email-of.ts'

const context: InspectContext = { purpose: 'build', edition: null, sender: { email: null, address: null }, publicUrl: null }

/** How the element with the id `x` looks. */
async function lookOf(html: string, appearance: Appearance = 'light'): Promise<Look> {
  const { elements, looks } = await takeApart(emailOf({ html: [{ text: html }] }), context)
  const found = elements.find(({ attributes }) => attributes.id === 'x')
  const look = found === undefined ? undefined : looks[appearance].get(found)
  if (look === undefined) throw new Error('no element #x')
  return look
}

const shown = ({ colour, background, fontSize }: Look) => [hexOf(colour), hexOf(background), fontSize]

describe('computed looks', () => {
  it.each([
    ['<p id="x">', ['#000000', '#ffffff', 16]],
    ['<div style="color:#123456;font-size:20px"><b><i id="x">', ['#123456', '#ffffff', 20]],
    ['<table bgcolor="#eeeeee"><tr><td><font color="red" id="x">', ['#ff0000', '#eeeeee', 16]],
    ['<div style="background:#222 url(a.png)"><p id="x" style="color:rgba(255,255,255,.5)">', ['#ffffff', '#222222', 16]],
    ['<div style="background-color:#000000"><p id="x" style="background:rgba(255,255,255,0.5)">', ['#000000', '#808080', 16]],
    ['<div style="background:#000000;background-color:#ffff00"><p id="x">', ['#000000', '#ffff00', 16]],
    ['<div style="font:italic 12pt/1.5 serif"><small id="x">', ['#000000', '#ffffff', 16 * 0.83]],
    ['<h1 style="font-size:150%"><span id="x" style="font-size:0.5em">', ['#000000', '#ffffff', 12]],
    ['<a href="https://x.example/" id="x">', ['#0000ee', '#ffffff', 16]],
    ['<div style="color:#333333"><a href="https://x.example/" style="color:inherit" id="x">', ['#333333', '#ffffff', 16]],
    ['<p id="x" style="color:nonsense">', ['#000000', '#ffffff', 16]],
  ])('resolves %s', async (html, expected) => expect(shown(await lookOf(html))).toEqual(expected))

  it.each([
    ['a later rule wins over an earlier one', 'p{color:#111111}p{color:#222222}', '', '#222222'],
    ['a class wins over an element', '.c{color:#111111}p{color:#222222}', '', '#111111'],
    ['an id wins over classes', '#x{color:#111111}.c.c.c{color:#222222}', '', '#111111'],
    ['a style attribute wins over an id', '#x{color:#111111}', 'color:#222222', '#222222'],
    ['!important wins over a style attribute', '.c{color:#111111 !important}', 'color:#222222', '#111111'],
    ['!important in a style attribute wins over all', '#x{color:#111111 !important}', 'color:#222222 !important', '#222222'],
    ['a rule of print does not count', '@media print{.c{color:#111111}}', 'color:#222222', '#222222'],
    ['a rule of narrow screens does not count', '@media (max-width:480px){.c{color:#111111 !important}}', 'color:#222222', '#222222'],
    ['a link that is hovered over does not count', '.c:hover{color:#111111 !important}', 'color:#222222', '#222222'],
  ])('follows the cascade: %s', async (_title, css, style, expected) => {
    const look = await lookOf(`<style>${css}</style><p id="x" class="c" style="${style}">`)
    expect(hexOf(look.colour)).toBe(expected)
  })

  it('takes dark styles only in dark mode, and a dark canvas only where it is announced', async () => {
    const html = '<style>@media (prefers-color-scheme:dark){.c{color:#eeeeee !important}}</style><p id="x" class="c" style="color:#222222">'
    expect(shown(await lookOf(html))).toEqual(['#222222', '#ffffff', 16])
    expect(shown(await lookOf(html, 'dark'))).toEqual(['#eeeeee', '#ffffff', 16])
    expect(shown(await lookOf(`<meta name="color-scheme" content="light dark">${html}`, 'dark'))).toEqual(['#eeeeee', '#121212', 16])
    expect(shown(await lookOf(html, 'inverted'))).toEqual(['#dddddd', '#000000', 16])
  })

  it.each(['display:none', 'visibility:hidden', 'opacity:0', 'max-height:0;overflow:hidden'])(
    'hides what has %s, with all in it',
    async style => {
      expect((await lookOf(`<div style="${style}"><p id="x">`)).hidden).toBe(true)
    },
  )
})

describe('parseColour() and invert()', () => {
  it.each([
    ['#fff', '#ffffff'],
    ['#0B57D0', '#0b57d0'],
    ['#11223380', '#112233'],
    ['rgb(11, 87, 208)', '#0b57d0'],
    ['rgb(100% 0% 0% / 50%)', '#ff0000'],
    ['hsl(120, 100%, 25%)', '#008000'],
    ['hsla(240deg 100% 50% / 1)', '#0000ff'],
    ['RebeccaPurple', '#663399'],
  ])('reads %s', (text, hex) => {
    const colour = parseColour(text)
    expect(colour === null ? null : hexOf(colour)).toBe(hex)
  })

  it.each(['', 'inherit', '#12', '#ggg', 'rgb(1,2)', 'rgb(a,b,c)', 'var(--x)', 'constructor', 'linear-gradient(#fff,#000)'])(
    'does not take %j for a colour',
    text => {
      expect(parseColour(text)).toBe(null)
    },
  )

  it('turns a colour over and back, and black and white over each other', () => {
    expect(['#000000', '#ffffff', '#0b57d0'].map(hex => turned(hex))).toEqual(['#ffffff', '#000000', '#2f7bf4'])
    fc.assert(
      fc.property(fc.nat(255), fc.nat(255), fc.nat(255), (red, green, blue) => {
        const colour = { red, green, blue, alpha: 1 }
        expect(hexOf(invert(invert(colour)))).toBe(hexOf(colour))
        expect(contrastOn(colour, invert(colour))).toBeGreaterThanOrEqual(1)
      }),
    )
  })
})

function turned(hex: string): string {
  const colour = parseColour(hex)
  return colour === null ? '' : hexOf(invert(colour))
}

describe('parseSelector()', () => {
  const html =
    '<body class="page"><div class="ink wide" data-ogsc><p>a</p><p id="second" lang="en-GB">b</p><a href="https://x.example/" class="title">c</a></div></body>'
  const select = async (selector: string) => {
    const { elements } = await takeApart(emailOf({ html: [{ text: html }] }), context)
    const parsed = parseSelector(selector)
    return parsed === null
      ? null
      : elements.filter(element => matches(element, parsed)).map(({ name, attributes }) => attributes.id ?? name)
  }

  it.each([
    ['*', ['body', 'div', 'p', 'second', 'a']],
    ['p', ['p', 'second']],
    ['.ink', ['div']],
    ['.ink.wide p', ['p', 'second']],
    ['body > p', []],
    ['.page>div>p', ['p', 'second']],
    ['p + p', ['second']],
    ['p ~ a', ['a']],
    ['[data-ogsc] .title', ['a']],
    ['[lang|=en]', ['second']],
    ['[href^="https:"]', ['a']],
    ['[class~="wide"]', ['div']],
    ['a:link', ['a']],
    ['p:first-child', ['p']],
    ['a:hover', null],
    ['p::before', null],
    ['p:not(.x)', null],
    ['', null],
    ['>', null],
    ['p{', null],
  ])('selects by %j', async (selector, expected) => expect(await select(selector)).toEqual(expected))

  it('reads any text without a fault', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), text => void parseSelector(text)))
  })
})

describe('matchesMedia()', () => {
  const dark = { scheme: 'dark', width: 600 } as const
  it.each([
    ['', true],
    ['screen', true],
    ['only screen and (min-width:480px)', true],
    ['(max-width: 599px)', false],
    ['print, (prefers-color-scheme: dark)', true],
    ['(prefers-color-scheme:light)', false],
    ['not print', true],
    ['not screen', false],
    ['screen and (-webkit-min-device-pixel-ratio:0)', false],
  ])('judges %j', (query, expected) => expect(matchesMedia(query, dark)).toBe(expected))
})

describe('inspectEmail()', () => {
  it('has something to say of any HTML, and never a fault', async () => {
    const pieces = fc.constantFrom(
      '<p>',
      '</p>',
      '<a href="',
      '">',
      '<img ',
      '<style>',
      '</style>',
      '@media{',
      '}',
      '<table>',
      '<h3>',
      '<!--',
      '-->',
      '<![endif]',
      '{{',
      'style="color:',
      ';',
      '&#0;',
      'x',
      ' ',
      '\u0000',
    )
    await fc.assert(
      fc.asyncProperty(fc.array(pieces, { maxLength: 40 }), async html => {
        const findings = await inspectEmail(emailOf({ html: [{ text: html.join('') }] }), {
          ...context,
          eml: Buffer.from(html.join('\r\n')),
        })
        expect(findings.length).toBeGreaterThan(0)
      }),
      { numRuns: 300 },
    )
  })
})
