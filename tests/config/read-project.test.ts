import { describe, expect, it } from 'vitest'
import { readProject } from '../../src/config/read-project.ts'
import { createTempFolder } from '../temp-folder.ts'

const post = '---\ntitle: Sunset\ndate: 2026-02-03\n---\nText.\n'

async function projectOf(files: Readonly<Record<string, string>>, dir?: string) {
  const { facts, urlOf } = await readProject(await createTempFolder(files))
  return { ...facts, ...(await urlOf(dir ?? facts.contentDir ?? 'content')) }
}

describe('readProject() in a Hugo site', () => {
  const hugo = (toml: string, dir = 'content/posts') => projectOf({ [`${dir}/sunset/index.md`]: post, 'hugo.toml': toml })

  it('takes address, title, language, zone and the section for the addresses', async () => {
    const toml = 'baseURL = "https://hugo.example/"\ntitle = "Hugo Hall"\nlanguageCode = "de-AT"\ntimeZone = "Europe/Vienna"'
    expect(await hugo(toml)).toMatchObject({
      generator: 'Hugo',
      siteUrl: 'https://hugo.example',
      name: 'Hugo Hall',
      language: 'de-AT',
      timeZone: 'Europe/Vienna',
      contentDir: 'content/posts',
      pattern: '/posts/{slug}/',
    })
  })

  it.each([
    ['[permalinks]\nposts = "/:year/:month/:slug/"', '/{year}/{month}/{slug}/'],
    ['[permalinks.page]\nposts = "/:section/:contentbasename"', '/posts/{slug}'],
    ['[permalinks]\nnews = "/n/:slug/"', '/posts/{slug}/'],
    ['uglyURLs = true', '/posts/{slug}.html'],
    ['not = toml = at all', '/posts/{slug}/'],
  ])('reads %j as %s', async (toml, pattern) => {
    expect((await hugo(toml)).pattern).toBe(pattern)
  })

  it('says which part of a permalink it had to leave out', async () => {
    expect(await hugo('[permalinks]\nposts = "/:yearday/:slug/"')).toMatchObject({ pattern: '/{slug}/', leftOut: [':yearday'] })
  })

  it('leaves the folder of the main language out of addresses', async () => {
    const toml = 'defaultContentLanguage = "en"\n[languages.en]\ncontentDir = "content/en"\ntitle = "Hall"'
    expect(await hugo(toml, 'content/en/blog')).toMatchObject({ pattern: '/blog/{slug}/', name: 'Hall', language: 'en' })
  })

  it('proposes static only where it is', async () => {
    expect(await hugo('')).toMatchObject({ generator: 'Hugo', assetsDir: null })
    const files = {
      'content/posts/a.md': post,
      'static/logo.png': 'x',
      'assets/main.css': '',
      'config.yaml': 'baseURL: https://h.example\n',
    }
    expect(await projectOf(files)).toMatchObject({ generator: 'Hugo', assetsDir: 'static', siteUrl: 'https://h.example' })
  })
})

describe('readProject() in a Jekyll site', () => {
  const jekyll = (yaml: string) => projectOf({ '_posts/2026-02-03-sunset.md': post, '_config.yml': yaml })

  it.each([
    ['title: Jar', '/{year}/{month}/{day}/{slug}.html'],
    ['permalink: date', '/{year}/{month}/{day}/{slug}.html'],
    ['permalink: pretty', '/{year}/{month}/{day}/{slug}/'],
    ['permalink: none', '/{slug}.html'],
    ['permalink: /:year/:month/:day/:title/', '/{year}/{month}/{day}/{slug}/'],
    ['permalink: /blog/:title:output_ext', '/blog/{slug}.html'],
    ['collections:\n  posts:\n    permalink: /notes/:title/', '/notes/{slug}/'],
    ['defaults:\n  - scope: { path: "", type: posts }\n    values: { permalink: /p/:title/ }', '/p/{slug}/'],
    ['defaults:\n  - scope: { path: "", type: pages }\n    values: { permalink: /p/:title/ }', '/{year}/{month}/{day}/{slug}.html'],
  ])('reads %j as %s', async (yaml, pattern) => {
    expect((await jekyll(yaml)).pattern).toBe(pattern)
  })

  it('takes address with base, title, language and zone, and the root for pictures', async () => {
    const yaml = 'title: Jar\nurl: https://jar.example\nbaseurl: /site\ntimezone: America/New_York\nlocale: en_US\n'
    expect(await jekyll(yaml)).toMatchObject({
      generator: 'Jekyll',
      siteUrl: 'https://jar.example/site',
      name: 'Jar',
      language: 'en-US',
      timeZone: 'America/New_York',
      assetsDir: '.',
      leftOut: [':categories'],
    })
  })

  it('takes no zone or language that there is not', async () => {
    expect(await jekyll('timezone: Mars/Olympus\nlang: "the local one"\nurl: ""')).toMatchObject({
      timeZone: null,
      language: null,
      siteUrl: null,
    })
  })
})

describe('readProject() in other sites', () => {
  it('tells Zola from Hugo by its spelling of the address', async () => {
    const toml = 'base_url = "https://zola.example"\ntitle = "Z"\ndefault_language = "fr"'
    expect(await projectOf({ 'content/blog/sunset.md': post, 'config.toml': toml })).toMatchObject({
      generator: 'Zola',
      siteUrl: 'https://zola.example',
      name: 'Z',
      language: 'fr',
      pattern: '/blog/{slug}/',
    })
  })

  it.each([
    ['the name of the collection', {}, '/blog/{slug}'],
    ['the route named like it', { 'src/pages/en/blog/[...slug].astro': '', 'src/pages/tags/[id].astro': '' }, '/en/blog/{slug}'],
    ['the only route there is', { 'src/pages/notes/[slug]/index.astro': '' }, '/notes/{slug}'],
  ])("links an Astro site's posts by %s", async (_, routes, pattern) => {
    const files = { 'src/content/blog/sunset.md': post, 'astro.config.mjs': "export default { site: 'https://a.example' }", ...routes }
    expect(await projectOf(files)).toMatchObject({ generator: 'Astro', siteUrl: 'https://a.example', pattern })
  })

  it('links posts of Eleventy by their path below the input folder, or as their data file says', async () => {
    const files = {
      'content/blog/sunset.md': post,
      'eleventy.config.js': 'export const config = { dir: { input: "content" } }',
      '_data/metadata.js': 'export default { title: "El", url: "https://el.example/", language: "nl" }',
    }
    expect(await projectOf(files)).toMatchObject({ siteUrl: 'https://el.example', name: 'El', language: 'nl', pattern: '/blog/{slug}/' })
    const data = { 'content/blog/blog.json': '{ "permalink": "/notes/{{ page.fileSlug }}/index.html" }' }
    expect((await projectOf({ ...files, ...data })).pattern).toBe('/notes/{slug}/')
  })

  it('puts the day into addresses of Docusaurus where file names hold it and posts name no slug', async () => {
    const config = { 'docusaurus.config.ts': "export default { title: 'Docs', url: 'https://d.example', baseUrl: '/' }" }
    expect(await projectOf({ ...config, 'blog/2026-02-03-sunset.md': post })).toMatchObject({
      generator: 'Docusaurus',
      siteUrl: 'https://d.example',
      name: 'Docs',
      pattern: '/blog/{year}/{month}/{day}/{slug}',
    })
    const named = await projectOf({ ...config, 'blog/2026-02-03-sunset.md': post.replace('title', 'slug: dusk\ntitle') })
    expect(named.pattern).toBe('/blog/{slug}')
  })

  it('links posts of Nuxt by their path, and of Next by the route that shows them', async () => {
    const nuxt = { 'content/2.blog/a.md': post, 'nuxt.config.ts': "export default { site: { url: 'https://n.example', name: 'N' } }" }
    expect(await projectOf(nuxt, 'content/2.blog')).toMatchObject({ siteUrl: 'https://n.example', name: 'N', pattern: '/blog/{slug}' })
    const next = { 'posts/a.md': post, 'next.config.mjs': '', 'app/(site)/journal/[slug]/page.tsx': '' }
    expect(await projectOf(next)).toMatchObject({ generator: 'Next', pattern: '/journal/{slug}' })
  })

  it('finds nothing in an empty folder', async () => {
    expect(await projectOf({})).toMatchObject({
      generator: null,
      contentDir: null,
      siteUrl: null,
      assetsDir: null,
      pattern: '/blog/{slug}',
    })
  })
})
