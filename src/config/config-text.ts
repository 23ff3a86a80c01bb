/** What `init` has found out or been told. Null leaves the setting out, as a comment that shows how to write it. */
export interface ConfigAnswers {
  readonly name: string
  readonly siteUrl: string
  readonly language: string
  readonly timeZone: string
  readonly contentDir: string
  /** `content.url`. */
  readonly urlPattern: string
  readonly assetsDir: string | null
  readonly senderEmail: string | null
  readonly postalAddress: string | null
}

/** A first news-digest.yaml: what was answered, and the settings that people change first, as comments. */
export function configText(answers: ConfigAnswers): string {
  const optional = (line: string, value: string | null, example: string) =>
    value === null ? `  # ${line}: ${example}` : `  ${line}: ${quoted(value)}`
  return `# yaml-language-server: $schema=./node_modules/news-digest/news-digest.schema.json
site:
  name: ${quoted(answers.name)}
  url: ${quoted(answers.siteUrl)}
  language: ${quoted(answers.language)}
  timeZone: ${quoted(answers.timeZone)}

content:
  dir: ${quoted(answers.contentDir)}
  url: ${quoted(answers.urlPattern)}   # how a post's address is made: {slug} {path} {language} {year} {month} {day}
${optional('assets', answers.assetsDir, 'public   # the folder your site serves at its root')}
  # ignore: ["drafts/**"]

edition:
  rhythm: weekly               # daily, weekly or monthly
  template: weekly             # weekly, brief, spotlight, or a folder of your own in templates/

selection:
  featuredOnly: true           # false takes every post of the window
  # limit: 8
  # whenFewer: fill            # fill up with the newest posts that are not featured

sender:
${optional('email', answers.senderEmail, 'digest@example.com')}
${optional('address', answers.postalAddress, '"Street 1, 12345 Town, Country"   # the law of most countries asks for it')}

# links:
#   publicUrl: https://news.example.com   # where "news-digest serve" answers: unsubscribe, preferences, archive

# brand:
#   accent: "#0b57d0"
#   logo: { src: /logo.png, dark: /logo-dark.png, width: 160 }
`
}

/** Double quotes with JSON's escapes are a YAML string whatever the text holds. */
function quoted(text: string): string {
  return JSON.stringify(text)
}
