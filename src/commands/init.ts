import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { type ConfigAnswers, configText } from '../config/config-text.ts'
import { flagProblems } from '../config/flag-problems.ts'
import { configFileName, parseConfig } from '../config/read-config.ts'
import { type Project, type ProjectFacts, readProject } from '../config/read-project.ts'
import { throwProblems, UserError } from '../errors.ts'
import { count } from '../report/count.ts'
import { askForAnswers } from './ask-answers.ts'
import type { CommandContext, CommandResult } from './command.ts'
import type { Flags } from './program.ts'
import { openPrompt, type Prompt } from './read-answer.ts'
import { countFiles, readExample } from './read-example.ts'
import { readUnignored } from './read-unignored.ts'

/** Finds the content, asks for what is missing, proves that the text is a valid configuration, and writes news-digest.yaml. */
export async function runInit(
  _argument: string | undefined,
  flags: Flags,
  context: CommandContext,
  open: () => Prompt = openPrompt,
): Promise<CommandResult> {
  const { cwd } = context
  const file = path.join(cwd, configFileName)
  refuseToOverwrite(file, flags)
  const project = await readProject(cwd)
  await refuseWrongFlags(flags, cwd, project.facts)
  const proposal = await propose(project, flags)
  const ask = context.interactive && flags.yes !== true && flags.json !== true
  const answers = ask ? await askOnTerminal(proposal, project, cwd, open) : withSiteUrl(proposal)
  if (answers === null) return { exitCode: 130, text: '', json: null, notes: '\nStopped: nothing was written.\n' }
  const text = configText(answers)
  await parseConfig(text, configFileName)
  await writeFile(file, text)
  return report(answers, project, context)
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

async function refuseWrongFlags(flags: Flags, cwd: string, facts: ProjectFacts): Promise<void> {
  const problems = await flagProblems({
    site: { name: flags.name, url: flags.siteUrl, language: flags.language, timeZone: flags.timeZone },
    content: { dir: flags.content },
    sender: { email: flags.senderEmail, address: flags.address },
  })
  throwProblems(problems)
  if (typeof flags.content !== 'string' || countFiles(cwd, flags.content) !== null) return
  throw new UserError({
    code: 'content-missing',
    message: '--content does not name a folder that can be read',
    expected: 'a folder of Markdown posts',
    got: flags.content,
    hint: facts.contentDir === null ? 'Check the name; it begins in this folder.' : `Posts were found in ${facts.contentDir}.`,
  })
}

function withSiteUrl(proposal: ConfigAnswers): ConfigAnswers {
  if (proposal.siteUrl !== '') return proposal
  throw new UserError({
    code: 'usage',
    message: 'the address of your site could not be found out',
    expected: 'an address such as https://blog.example',
    hint: 'Add --site-url https://your-site.example.',
  })
}

async function askOnTerminal(proposal: ConfigAnswers, project: Project, cwd: string, open: () => Prompt): Promise<ConfigAnswers | null> {
  const prompt = open()
  const site = {
    folderFault: (dir: string) => (dir !== '' && countFiles(cwd, dir) !== null ? null : 'There is no such folder.'),
    urlPatternOf: async (contentDir: string) => (await project.urlOf(contentDir)).pattern,
    exampleOf: (answers: ConfigAnswers) => readExample(cwd, answers),
  }
  try {
    return await askForAnswers(proposal, site, prompt.ask)
  } finally {
    prompt.close()
  }
}

async function propose({ facts, urlOf }: Project, flags: Flags): Promise<ConfigAnswers> {
  const given = (name: string) => (typeof flags[name] === 'string' ? (flags[name] as string) : null)
  const siteUrl = given('siteUrl') ?? facts.siteUrl ?? ''
  const contentDir = given('content') ?? facts.contentDir ?? 'content'
  return {
    name: given('name') ?? facts.name ?? (URL.canParse(siteUrl) ? new URL(siteUrl).hostname : 'News digest'),
    siteUrl,
    language: given('language') ?? facts.language ?? 'en',
    timeZone: given('timeZone') ?? facts.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone ?? 'UTC',
    contentDir,
    urlPattern: (await urlOf(contentDir)).pattern,
    assetsDir: facts.assetsDir,
    senderEmail: given('senderEmail'),
    postalAddress: given('address'),
  }
}

/** What is built is made anew, and `data/` will hold the list: people's addresses. */
function gitignoreHint(folders: readonly string[]): string {
  const named = folders.map(folder => `${folder}/`)
  const all = named.length < 2 ? named.join('') : `${named.slice(0, -1).join(', ')} and ${named.at(-1)}`
  return `Add ${all} to .gitignore${folders.includes('data') ? ": data/ holds your readers' addresses" : ': what is built is made anew'}.`
}

async function report(answers: ConfigAnswers, { facts, urlOf }: Project, { cwd, paint }: CommandContext): Promise<CommandResult> {
  const { contentDir, urlPattern } = answers
  const own = await urlOf(contentDir)
  const files = countFiles(cwd, contentDir)
  const example = await readExample(cwd, answers)
  const unignored = await readUnignored(cwd, ['out', '.cache', 'data'])
  const leftOut = own.pattern === urlPattern ? own.leftOut : []
  const found = files === null ? 'a folder that is not there yet' : count(files, 'Markdown file')
  const lines = [
    `Wrote ${paint.cyan(configFileName)}: posts in ${contentDir} (${found}), ${answers.siteUrl}, ${answers.timeZone}.`,
    example === null
      ? `Posts will be linked as ${urlPattern}: if the site has them elsewhere, change content.url.`
      : `Posts will be linked as ${paint.cyan(example)}: if that is not its address, change content.url (${urlPattern}).`,
    ...(leftOut.length === 0
      ? []
      : [`The site's own addresses also hold ${leftOut.join(', ')}, which content.url cannot say: it was left out.`]),
    ...(unignored.length === 0 ? [] : [gitignoreHint(unignored)]),
    `Next: ${paint.bold('news-digest plan latest')} shows what the newest edition would take.`,
    '',
  ]
  return {
    exitCode: 0,
    text: lines.join('\n'),
    json: { files: [configFileName], answers, facts, markdownFiles: files, example, leftOut, unignored },
    notes: '',
  }
}
