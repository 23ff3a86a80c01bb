import type { YamlSource } from '../config/schema-problems.ts'
import { placeInYaml } from '../config/yaml-place.ts'
import type { Problem } from '../errors.ts'
import type { EditionFrontMatter } from './edition-file-schema.ts'

/** What an edition file says of subjects that cannot all be meant: one subject beside the two to try, or a share without anything to try. */
export async function subjectConflicts(
  { subject, subjects, split }: Pick<EditionFrontMatter, 'subject' | 'subjects' | 'split'>,
  yaml: YamlSource,
): Promise<readonly Problem[]> {
  const isTrial = subjects !== null && subjects !== undefined
  const common = { code: 'edition-file-invalid', severity: 'error' } as const
  if (isTrial && subject !== null) {
    const [one, two] = await Promise.all([placeOf('subject', yaml), placeOf('subjects', yaml)])
    return [
      {
        ...common,
        message: `"subject" (line ${one.line}) and "subjects" (line ${two.line}) cannot both be meant`,
        place: two,
        hint: 'Keep "subject" for one subject, or "subjects" to try two.',
      },
    ]
  }
  if (isTrial || split === null) return []
  return [
    {
      ...common,
      message: '"split" says who tries two subjects, and there are no "subjects"',
      place: await placeOf('split', yaml),
      expected: "subjects: ['First', 'Second']",
      hint: 'Write two subjects, or take "split" out.',
    },
  ]
}

function placeOf(key: string, { file, text, firstLine }: YamlSource) {
  return placeInYaml(file, text, [key], firstLine)
}
