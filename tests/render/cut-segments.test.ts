import { describe, expect, it } from 'vitest'
import { cutHtml, cutText, type MergePlace, sentinelFor } from '../../src/render/cut-segments.ts'

const nonce = 'a1b2c3d4e5f6a7b8'
const name: MergePlace = { name: 'name', fallback: 'friend' }
const link: MergePlace = { name: 'viewUrl', fallback: '' }

function contextsOf(html: string, merges: readonly MergePlace[]) {
  const { segments, misplaced } = cutHtml(html, nonce, merges)
  return {
    contexts: segments.flatMap(segment => ('merge' in segment ? [segment.context] : [])),
    misplaced: misplaced.map(each => each.where),
  }
}

const at = (index: number) => sentinelFor(nonce, index)

describe('cutText()', () => {
  it('cuts at every sentinel and loses no character', () => {
    expect(cutText(`Hello ${at(0)}, read ${at(1)}`, nonce, [name, link])).toEqual([
      { text: 'Hello ' },
      { merge: 'name', context: 'text', fallback: 'friend' },
      { text: ', read ' },
      { merge: 'viewUrl', context: 'text', fallback: '' },
    ])
  })

  it('leaves a sentinel of another nonce, and one that no template left, as the text it is', () => {
    const forged = `${sentinelFor('0000000000000000', 0)} ${sentinelFor(nonce, 7)}`
    expect(cutText(forged, nonce, [name])).toEqual([{ text: forged }])
  })
})

describe('cutHtml()', () => {
  it.each([
    ['<p>Hello NAME</p>', 'html'],
    ['<title>NAME</title>', 'html'],
    ['<p title="for NAME only">x</p>', 'attribute'],
    ["<img alt='NAME'>", 'attribute'],
    ['<a class="x" href="NAME">x</a>', 'url'],
    ['<!--[if mso]><a href="NAME">x</a><![endif]-->', 'url'],
    ['<!--[if !mso]><!--><b>NAME</b><!--<![endif]-->', 'html'],
    ['<a title="a > b" href="NAME">', 'url'],
  ])('finds the context in %s', (html, context) => {
    expect(contextsOf(html.replace('NAME', at(0)), [name])).toEqual({ contexts: [context], misplaced: [] })
  })

  it.each([
    ['<!-- NAME -->', 'in a comment'],
    ['<style>a{color:NAME}</style>', 'in a style block'],
    ['<p NAME>', 'in a tag, outside quotes'],
    ['<p style="color:NAME">', 'in the attribute style'],
    ['<p onclick="NAME">', 'in the attribute onclick'],
    ['<a href="https://x.example/?u=NAME">', 'inside an address, of which it must be the whole'],
  ])('refuses %s', (html, where) => {
    expect(contextsOf(html.replace('NAME', at(0)), [name]).misplaced).toEqual([where])
  })

  it('knows its place after many of them', () => {
    const html = `<a href="${at(0)}">${at(1)}</a><style>b{}</style><i title="${at(2)}">${at(3)}</i>`
    expect(contextsOf(html, [link, name, name, name]).contexts).toEqual(['url', 'html', 'attribute', 'html'])
  })
})
