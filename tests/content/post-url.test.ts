import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { resolveUrl, slugFault, underSite, urlMaker } from '../../src/content/post-url.ts'
import { isPrivateHost } from '../../src/content/private-host.ts'

const base = 'https://blog.example/blog/hello'

describe('resolveUrl()', () => {
  test.each([
    ['/about', 'https://blog.example/about'],
    ['next', 'https://blog.example/blog/next'],
    ['../x.png', 'https://blog.example/x.png'],
    ['#part', 'https://blog.example/blog/hello#part'],
    ['?page=2', 'https://blog.example/blog/hello?page=2'],
    ['https://other.example/a?b=c#d', 'https://other.example/a?b=c#d'],
    ['http://other.example', 'http://other.example/'],
    ['HTTPS://other.example/x', 'https://other.example/x'],
    ['mailto:ana@other.example', 'mailto:ana@other.example'],
    ['//blog.example/x', 'https://blog.example/x'],
    ['/a b/ü', 'https://blog.example/a%20b/%C3%BC'],
  ])('makes %s absolute', (reference, url) => {
    expect(resolveUrl(base, reference)).toBe(url)
  })

  test.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    ' java\nscript:alert(1)',
    '\u0001javascript:alert(1)',
    'data:text/html,x',
    'vbscript:x',
    'file:///etc/passwd',
    'ftp://other.example/x',
    '//evil.test',
    '/\\evil.test',
    '\\\\evil.test/x',
    '\t//evil.test',
    'https://user:secret@other.example/',
    'http://169.254.169.254/latest/meta-data',
    'http://127.0.0.1:3000/',
    'http://localhost/x',
    'http://0x7f.1/',
    'http://2130706433/',
    'http://[::1]/',
    'http://[::ffff:10.0.0.1]/',
    'http://printer.local/',
    'mailto:',
    'http://',
    '',
  ])('drops %j', reference => {
    expect(resolveUrl(base, reference)).toBeNull()
  })

  test('reads "https:evil.test" as browsers do: as a path of the site', () => {
    expect(resolveUrl(base, 'https:evil.test')).toBe('https://blog.example/blog/evil.test')
  })

  test('takes no address of a mailbox for a picture', () => {
    expect(resolveUrl(base, 'mailto:ana@other.example', 'picture')).toBeNull()
    expect(resolveUrl(base, '/x.png', 'picture')).toBe('https://blog.example/x.png')
  })

  test('keeps a private host that is the site itself', () => {
    expect(resolveUrl('http://localhost:4000/blog/a', '/x')).toBe('http://localhost:4000/x')
    expect(resolveUrl('http://localhost:4000/blog/a', 'http://localhost:5000/x')).toBeNull()
  })

  test('lets nothing pass but http, https and mailto, whatever it is given', () => {
    const hostile = fc.oneof(
      fc.string(),
      fc.webUrl(),
      fc
        .constantFrom('//', '\\\\', 'javascript:', 'data:', 'http:/', 'https://', ' ', '\n', '@')
        .chain(start => fc.string().map(end => start + end)),
    )
    fc.assert(
      fc.property(hostile, reference => {
        const url = resolveUrl(base, reference)
        if (url === null) return
        const { protocol, host } = new URL(url)
        expect(['http:', 'https:', 'mailto:']).toContain(protocol)
        if (protocol !== 'mailto:' && host !== 'blog.example') expect(reference.trim()).toMatch(/^https?:\/\//i)
      }),
    )
  })
})

describe('isPrivateHost()', () => {
  test.each([
    '10.1.2.3',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '100.64.0.1',
    '0.0.0.0',
    '[fe80::1]',
    '[fd00::1]',
    '[::]',
    'intranet',
    'db.internal',
    'x.localhost',
    'x.home.arpa.',
  ])('keeps %s out', host => {
    expect(isPrivateHost(host)).toBe(true)
  })

  test.each(['example.com', '8.8.8.8', '172.32.0.1', '100.128.0.1', '[2606:4700::1111]', 'local.example'])('lets %s in', host => {
    expect(isPrivateHost(host)).toBe(false)
  })
})

describe('slugFault()', () => {
  test.each(['hello', '2024/hello', 'Rust-1.88.0', 'سلام-دنیا', 'a b', 'v1..2'])('finds nothing wrong with %s', slug => {
    expect(slugFault(slug)).toBeNull()
  })

  test.each([
    '../../etc/passwd',
    'a/../b',
    '..',
    '.',
    '%2e%2e/x',
    'a/%2E./b',
    'a\\b',
    'a?b',
    'a#b',
    'https://x',
    'a//b',
    'a\u0000b',
    'a\nb',
    'a\u202eb',
    '\ud800',
    'a%2fb',
    '',
  ])('refuses %j', slug => {
    expect(slugFault(slug)).not.toBeNull()
  })

  test('refuses what no browser takes for an address any more', () => {
    expect(slugFault('x'.repeat(2001))).toBe('is longer than 2000 characters')
  })

  test('lets no slug climb out of its folder', () => {
    const climber = fc
      .array(fc.constantFrom('..', '.', '/', '\\', '%2e', '%2E', '%2f', 'a', ' ', 'é', '\t'), { maxLength: 8 })
      .map(parts => parts.join(''))
    fc.assert(
      fc.property(climber, slug => {
        if (slugFault(slug) !== null) return
        const url = urlMaker('https://blog.example', '/blog/{slug}').urlOf({ slug, path: () => slug, language: 'en', day: '2026-01-02' })
        expect(new URL(url).href.startsWith('https://blog.example/blog/')).toBe(true)
      }),
    )
  })
})

describe('urlMaker()', () => {
  const parts = { slug: 'hello', path: () => 'notes/hello', language: 'de', day: '2026-02-26' }

  test('fills every part of a pattern', () => {
    expect(urlMaker('https://blog.example/', '/{language}/{year}/{month}/{day}/{slug}.html').urlOf(parts)).toBe(
      'https://blog.example/de/2026/02/26/hello.html',
    )
    expect(urlMaker('https://blog.example/base', '/{path}/').urlOf(parts)).toBe('https://blog.example/base/notes/hello/')
    expect(urlMaker('https://blog.example', '/{slug}-{slug}').urlOf(parts)).toBe('https://blog.example/hello-hello')
  })

  test('encodes what a path must not hold, once', () => {
    const { urlOf } = urlMaker('https://blog.example', '/blog/{slug}')
    expect(urlOf({ ...parts, slug: 'سلام دنیا' })).toBe('https://blog.example/blog/%D8%B3%D9%84%D8%A7%D9%85%20%D8%AF%D9%86%DB%8C%D8%A7')
    expect(urlOf({ ...parts, slug: '100%' })).toBe('https://blog.example/blog/100%25')
    expect(urlOf({ ...parts, slug: 'a%20b' })).toBe('https://blog.example/blog/a%20b')
  })

  test.each([
    ['hello', 'hello'],
    ['2024-01-02-hello', 'hello'],
    ['10.v3-3', 'v3-3'],
    ['03-setup', 'setup'],
    ['hello/index', 'hello'],
    ['2024-01-02-hello/index', 'hello'],
    ['2024/hello', '2024/hello'],
    ['blog/2024/hello', '2024/hello'],
    ['_posts/2024-01-02-hello', 'hello'],
    ['1.45.1-prerelease', '1.45.1-prerelease'],
    ['10-tips', '10-tips'],
    ['2024-01-02', '2024-01-02'],
    ['404', '404'],
    ['index', 'index'],
    ['blog', 'blog'],
  ])('names %s %s', (path, slug) => {
    expect(urlMaker('https://blog.example', '/blog/{slug}').slugFromPath(path)).toBe(slug)
  })

  test('puts paths under a site that lies in a folder', () => {
    expect(underSite('https://blog.example/base/', '/x')).toBe('https://blog.example/base/x')
  })
})
