// What a script without news-digest does: import mjml, compile once. Arguments: MJML file, HTML file.
import { readFileSync, writeFileSync } from 'node:fs'
import mjml2html from 'mjml'

const [from, to] = process.argv.slice(2)
const { html } = await mjml2html(readFileSync(from, 'utf8'))
writeFileSync(to, html)
