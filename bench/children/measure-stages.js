// Goes through the stages of a build one by one, in one process, from the built package. Argument: a JSON file with the configuration, the window and
// the number of rounds. Prints the milliseconds of every stage and round, the first one cold, and the MJML that was compiled.
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'

const { config, window, rounds } = JSON.parse(readFileSync(process.argv[2], 'utf8'))
const load = path => import(`../../dist/${path}.js`)
const stages = {}
let mjml = ''

for (let round = 0; round < rounds; round++) {
  let since = performance.now()
  const done = name => {
    const now = performance.now()
    stages[name] = [...(stages[name] ?? []), now - since]
    since = now
  }
  const request = { config, window, now: new Date('2026-03-02T00:00:00Z'), language: null, strict: false, displayRoot: config.paths.root }

  const { readOptionsOf, calendarOf } = await load('run-plan')
  const { readPosts } = await load('content/read-posts')
  const collection = await readPosts({ ...readOptionsOf(request), cacheDir: null })
  done('read')

  const { resolveWindow } = await load('selection/windows')
  const { selectPosts } = await load('selection/select-posts')
  const resolved = resolveWindow(window, calendarOf(config), request.now, [])
  const rules = { ...config.selection, language: config.site.language, limit: null }
  const selection = selectPosts(collection.posts, { window: resolved, rules, past: [], now: request.now.toISOString() })
  done('select')

  const { readFullPosts } = await load('content/read-full-posts')
  const picks = selection.picks.map(pick => pick.post)
  const { posts } = await readFullPosts(picks, readOptionsOf(request))
  done('read picks whole')

  const { summarizePosts } = await load('summary/summarize-posts')
  const { style, edition: words, ...budgets } = config.summary
  const summaries = summarizePosts(posts, { style, budgets: { ...budgets, edition: words } })
  done('summarize')

  const { readMessages } = await load('locale/read-messages')
  const { assembleEdition } = await load('edition/assemble-edition')
  const places = { userDir: config.paths.templates, displayRoot: config.paths.root }
  const { messages } = await readMessages({ ...places, language: config.site.language })
  const assembly = { selection, language: config.site.language, template: config.edition.template, file: null, posts, messages }
  const edition = assembleEdition({ ...assembly, summarize: () => summaries })
  done('assemble')

  const { readTemplates } = await load('render/read-templates')
  const { renderEmail } = await load('render/render-email')
  const templates = await readTemplates({ ...places, template: edition.template })
  const rendered = await renderEmail(edition, { config, templates, messages, nonce: randomBytes(16).toString('hex') })
  mjml = rendered.mjml
  done('render')

  const { composeMessage } = await load('message/compose-message')
  const { sampleValues } = await load('run-build')
  const sample = sampleValues(config)
  const from = {
    kind: 'edition',
    fromName: 'Digest',
    fromAddress: 'digest@blog.example',
    replyTo: null,
    list: null,
    unsubscribeEmail: null,
  }
  const recipient = { name: sample.name, address: sample.email, values: sample }
  const eml = composeMessage(rendered.email, recipient, { ...from, date: rendered.email.date })
  done('compose')

  const { writeEdition } = await load('output/write-edition')
  const site = { url: config.site.url, assets: config.paths.assets }
  await writeEdition(config.paths.out, { edition, email: rendered.email, eml, sample, exports: [], site })
  done('write')
}
console.log(JSON.stringify({ stages, mjml }))
