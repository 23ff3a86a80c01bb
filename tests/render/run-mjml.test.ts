import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { runMjml } from '../../src/render/run-mjml.ts'

const components = [
  '<mj-section background-url="https://a.example/b.png" background-color="#eeeeee" background-size="cover"><mj-column><mj-text mj-class="loud">A &amp; b</mj-text><mj-button href="https://a.example">Go</mj-button></mj-column></mj-section>',
  '<mj-wrapper background-color="#222222"><mj-section><mj-group><mj-column><mj-image src="https://a.example/c.png" alt="c" /></mj-column><mj-column><mj-spacer height="9px" /></mj-column></mj-group></mj-section></mj-wrapper>',
  '<mj-hero background-url="https://a.example/d.png" background-height="90px" background-width="300px" mode="fixed-height" height="90px"><mj-text>Hero</mj-text></mj-hero>',
  '<mj-section><mj-column><mj-table><tr><td>1</td></tr></mj-table><mj-divider /><mj-raw><!-- raw --></mj-raw><mj-social><mj-social-element name="github" href="https://a.example">e</mj-social-element></mj-social></mj-column></mj-section>',
  '<mj-section><mj-column><mj-accordion><mj-accordion-element><mj-accordion-title>Q</mj-accordion-title><mj-accordion-text>A</mj-accordion-text></mj-accordion-element></mj-accordion></mj-column></mj-section>',
]
const head =
  '<mj-head><mj-title>T</mj-title><mj-preview>P</mj-preview><mj-breakpoint width="480px" /><mj-attributes><mj-all font-family="Georgia" /><mj-class name="loud" color="red" /></mj-attributes><mj-style>.a { color: red }</mj-style><mj-style inline="inline">.b { color: blue }</mj-style></mj-head>'
const source = `<mjml lang="de">${head}<mj-body>${components.join('\n')}</mj-body></mjml>`

describe('runMjml()', () => {
  it('gives, of every component, what MJML gives that was loaded by a plain import', async () => {
    const options = { validationLevel: 'strict', keepComments: false, fonts: {}, ignoreIncludes: true }
    const script = `import mjml from 'mjml'; console.log(JSON.stringify((await mjml(${JSON.stringify(source)}, ${JSON.stringify(options)})).html))`
    const plain: unknown = JSON.parse(execFileSync(process.execPath, ['--input-type=module', '--eval', script], { encoding: 'utf8' }))
    expect(await runMjml(source)).toBe(plain)
  })
})
