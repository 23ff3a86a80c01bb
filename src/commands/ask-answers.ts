import type { ConfigAnswers } from '../config/config-text.ts'
import { settingFault } from '../config/flag-problems.ts'

/** Puts one question to a person. Null: they want no more questions (Ctrl-C, Ctrl-D). */
export type Ask = (question: string) => Promise<string | null>

/** What asking has to know of the site; all of it looks at the disk. */
export interface AskedSite {
  /** Why a folder cannot be the posts' one; null where it can. */
  readonly folderFault: (dir: string) => string | null
  /** The pattern of addresses that the site's generator has for a folder of posts. */
  readonly urlPatternOf: (contentDir: string) => Promise<string>
  /** The address that a post of theirs would be linked as; null without posts. */
  readonly exampleOf: (answers: ConfigAnswers) => Promise<string | null>
}

interface Question {
  readonly text: (answers: ConfigAnswers) => Promise<string> | string
  readonly proposed: (answers: ConfigAnswers) => Promise<string> | string
  readonly fault: (answer: string) => string | null
  readonly put: (answers: ConfigAnswers, answer: string) => ConfigAnswers
}

/** Asks for every setting of a first configuration, each again until its answer can be used. Null when the person stops. */
export async function askForAnswers(proposal: ConfigAnswers, site: AskedSite, ask: Ask): Promise<ConfigAnswers | null> {
  let answers = proposal
  for (const question of questionsFor(site)) {
    const answer = await askUntilRight(question, answers, ask)
    if (answer === null) return null
    answers = question.put(answers, answer)
  }
  return answers
}

async function askUntilRight(question: Question, answers: ConfigAnswers, ask: Ask): Promise<string | null> {
  const [text, proposed] = [await question.text(answers), await question.proposed(answers)]
  const line = proposed === '' ? `${text}: ` : `${text} (${proposed}): `
  for (let remark = ''; ; ) {
    const given = await ask(remark + line)
    if (given === null) return null
    const answer = given.trim() === '' ? proposed : given.trim()
    const fault = question.fault(answer)
    if (fault === null) return answer
    remark = `  ${fault}\n`
  }
}

function questionsFor({ folderFault, urlPatternOf, exampleOf }: AskedSite): readonly Question[] {
  const checked = (setting: `${string}.${string}`) => (answer: string) => settingFault(setting, answer)
  const optional = (fault: Question['fault']) => (answer: string) => (answer === '' ? null : fault(answer))
  return [
    {
      text: () => 'Folder of Markdown posts',
      proposed: ({ contentDir }) => (folderFault(contentDir) === null ? contentDir : ''),
      fault: folderFault,
      put: (answers, contentDir) => ({ ...answers, contentDir }),
    },
    {
      text: () => 'Name of the publication',
      proposed: ({ name }) => name,
      fault: checked('site.name'),
      put: (answers, name) => ({ ...answers, name }),
    },
    {
      text: () => 'Address of the site, with https://',
      proposed: ({ siteUrl }) => siteUrl,
      fault: checked('site.url'),
      put: (answers, siteUrl) => ({ ...answers, siteUrl }),
    },
    {
      text: () => 'Language',
      proposed: ({ language }) => language,
      fault: checked('site.language'),
      put: (answers, language) => ({ ...answers, language }),
    },
    {
      text: () => 'Time zone',
      proposed: ({ timeZone }) => timeZone,
      fault: checked('site.timeZone'),
      put: (answers, timeZone) => ({ ...answers, timeZone }),
    },
    {
      text: async answers => {
        const example = await exampleOf({ ...answers, urlPattern: await urlPatternOf(answers.contentDir) })
        return example === null ? 'Address of a post' : `Address of a post; this one would link ${example}`
      },
      proposed: ({ contentDir }) => urlPatternOf(contentDir),
      fault: checked('content.url'),
      put: (answers, urlPattern) => ({ ...answers, urlPattern }),
    },
    {
      text: () => 'Address the digest comes from (empty: later)',
      proposed: ({ senderEmail }) => senderEmail ?? '',
      fault: optional(checked('sender.email')),
      put: (answers, senderEmail) => ({ ...answers, senderEmail: senderEmail || null }),
    },
    {
      text: () => 'Postal address for the footer (empty: later)',
      proposed: ({ postalAddress }) => postalAddress ?? '',
      fault: () => null,
      put: (answers, postalAddress) => ({ ...answers, postalAddress: postalAddress || null }),
    },
  ]
}
