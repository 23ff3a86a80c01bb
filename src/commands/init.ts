import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { createInterface } from 'node:readline/promises'
import { type ConfigAnswers, configText } from '../config/config-text.ts'
import { configFileName, parseConfig } from '../config/read-config.ts'
import { type ProjectFacts, readProject } from '../config/read-project.ts'
import { UserError } from '../errors.ts'
import type { CommandContext, CommandResult } from './command.ts'
import type { Flags } from './program.ts'

/** Finds the content, asks for what is missing, proves that the text is a valid configuration, and writes news-digest.yaml. */
export async function runInit(_argument: string | undefined, flags: Flags, context: CommandContext): Promise<CommandResult> {
  const file = path.join(context.cwd, configFileName)
  refuseToOverwrite(file, flags)
  const facts = await readProject(context.cwd)
  const ask = context.interactive && flags.yes !== true && flags.json !== true
  const answers = ask ? await askForAnswers(facts, flags) : answersWithoutAsking(facts, flags)
  const text = configText(answers)
  await parseConfig(text, configFileName)
  await writeFile(file, text)
  return {
    exitCode: 0,
    text: [
      `Wrote ${context.paint.cyan(configFileName)}: posts in ${answers.contentDir}${facts.postCount > 0 ? ` (${facts.postCount} Markdown files)` : ''}, ${answers.siteUrl}, ${answers.timeZone}.`,
      `Next: ${context.paint.bold('news-digest plan latest')} shows what the newest edition would take.`,
      '',
    ].join('\n'),
    json: { files: [configFileName], answers, facts },
    notes: '',
  }
}

function refuseToOverwrite(file: string, flags: Flags): void {
  if (!existsSync(file) || flags.force === true) return
  throw new UserError({
    code: 'config-conflict',
    message: `there is a ${configFileName} already`,
    place: { file: configFileName },
    hint: 'Edit it, or use --force to replace it.',
  })
}

function answersWithoutAsking(facts: ProjectFacts, flags: Flags): ConfigAnswers {
  const proposal = propose(facts, flags)
  if (proposal.siteUrl === '') {
    throw new UserError({
      code: 'usage',
      message: 'the address of your site could not be found out',
      expected: 'an address such as https://blog.example',
      hint: 'Add --site-url https://your-site.example.',
    })
  }
  return proposal
}

async function askForAnswers(facts: ProjectFacts, flags: Flags): Promise<ConfigAnswers> {
  const proposal = propose(facts, flags)
  const prompt = createInterface({ input: process.stdin, output: process.stdout })
  const ask = async (question: string, proposed: string) => {
    const answer = await prompt.question(proposed === '' ? `${question}: ` : `${question} (${proposed}): `)
    return answer.trim() === '' ? proposed : answer.trim()
  }
  try {
    const contentDir = await ask('Folder of Markdown posts', proposal.contentDir)
    const name = await ask('Name of the publication', proposal.name)
    let siteUrl = proposal.siteUrl
    do siteUrl = await ask('Address of the site, with https://', siteUrl)
    while (!/^https?:\/\/[^\s/]+/i.test(siteUrl))
    const language = await ask('Language', proposal.language)
    const timeZone = await ask('Time zone', proposal.timeZone)
    const senderEmail = await ask('Address the digest comes from (empty: later)', proposal.senderEmail ?? '')
    const postalAddress = await ask('Postal address for the footer (empty: later)', proposal.postalAddress ?? '')
    return {
      ...proposal,
      contentDir,
      name,
      siteUrl,
      language,
      timeZone,
      senderEmail: senderEmail || null,
      postalAddress: postalAddress || null,
    }
  } finally {
    prompt.close()
  }
}

function propose(facts: ProjectFacts, flags: Flags): ConfigAnswers {
  const given = (name: string) => (typeof flags[name] === 'string' ? (flags[name] as string) : null)
  const siteUrl = given('siteUrl') ?? facts.siteUrl ?? ''
  return {
    name: given('name') ?? facts.name ?? (URL.canParse(siteUrl) ? new URL(siteUrl).hostname : 'News digest'),
    siteUrl,
    language: given('language') ?? 'en',
    timeZone: given('timeZone') ?? Intl.DateTimeFormat().resolvedOptions().timeZone ?? 'UTC',
    contentDir: given('content') ?? facts.contentDir ?? 'content',
    assetsDir: facts.assetsDir,
    senderEmail: given('senderEmail'),
    postalAddress: given('address'),
  }
}
