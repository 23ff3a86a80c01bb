import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { simulations } from '../../../src/inspect/simulate/simulations.ts'
import { editionOf, itemOf } from '../../render/edition-fixture.ts'
import { partsOf } from '../../render/rendered.ts'
import { pageOf, simulate } from './shown.ts'

const html = pageOf(
  '<meta name="color-scheme" content="light dark"><style media="(prefers-color-scheme: dark)">p{color:#fff}</style>' +
    '<style>:root{color-scheme:light dark}@media (prefers-color-scheme:dark){p{color:#eee}}@media screen and (prefers-color-scheme: light){p{color:#111}}</style>',
  '<picture><source media="(prefers-color-scheme: dark)" srcset="https://a.example/d.png"><img src="https://a.example/l.png" alt="A lamp"></picture>' +
    '<p style="color:light-dark(#111, rgb(1, 2, 3))">Lamps<script>alert(1)</script></p><a href="javascript:alert(1)" onclick="alert(1)">x</a>',
)

const pieces =
  '< > </ <!-- --> [if mso]> <![endif] <style> </style> @media{ } { <p\tstyle=" " \' &amp; & x ; : color:red url( ) <table> <v:rect /> <body> </html> <head> /* \\ \u0000'.split(
    ' ',
  )

const parts = await partsOf(editionOf({ items: [itemOf()] }))

describe('simulations', () => {
  it('have ids and names of their own', () => {
    for (const key of ['id', 'name'] as const) expect(new Set(simulations.map(each => each[key])).size).toBe(simulations.length)
    for (const { id } of simulations) expect(id).toMatch(/^[a-z]+(?:-[a-z]+)*$/)
  })

  describe.each(simulations.map(({ id }) => id))('%s', id => {
    it('gives a whole page that says which simulation it is, and what it changed in sentences', () => {
      const { html: page, changes } = simulate(id, html)
      expect(page).toMatch(/^\s*<!doctype html>/i)
      expect(page).toContain(`data-simulation="${id}"`)
      expect(page).toContain('</html>')
      for (const change of changes) expect(change).toMatch(/^[A-Z\d<].*\.$/)
    })

    it('asks the browser for no colour scheme', () => {
      expect(simulate(id, html).html).not.toMatch(/prefers-color-scheme|light-dark\(|content="light dark"/)
      expect(simulate(id, html).html).toMatch(/<meta name="color-scheme" content="(?:light|dark)">/)
    })

    it('runs nothing', () => {
      expect(simulate(id, html).html).not.toMatch(/<script|onclick|javascript:/)
    })

    it('gives the same for the same', () => {
      expect(simulate(id, html)).toEqual(simulate(id, html))
    })

    it('takes any HTML', () => {
      const hostile = fc.array(fc.constantFrom(...pieces), { maxLength: 25 })
      fc.assert(
        fc.property(hostile, picked => {
          expect(simulate(id, picked.join('')).html).toContain('data-simulation')
        }),
        { numRuns: 60 },
      )
    })

    it('takes HTML nested deeper than any stack', () => {
      const deep = `${'<div style="color:#111">'.repeat(4000)}x${'</div>'.repeat(4000)}`
      expect(simulate(id, deep, 'x').html).toContain('x')
    })

    it('shows the words of a shipped template', () => {
      expect(simulate(id, parts.html, parts.text).html.replace(/<[^>]*>/g, '')).toContain('How the salt clock keeps time')
    })
  })
})
