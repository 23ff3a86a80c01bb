/** Handlebars fills a template once per edition. What differs per recipient leaves a sentinel behind (cut-segments.ts). */

import type Handlebars from 'handlebars'
import type { Place, Problem } from '../errors.ts'
import type { Messages } from '../locale/messages.ts'
import { type CheckedTemplate, checkTemplate } from './check-template.ts'
import { type MergePlace, sentinelFor } from './cut-segments.ts'
import type { CheckOff, MergeFieldName } from './email.ts'
import { loadHandlebars } from './load-handlebars.ts'
import { makeHelpers } from './template-helpers.ts'
import type { TemplateKind } from './template-kind.ts'
import { mapLines, markLines } from './template-lines.ts'
import type { TemplateWithPartials } from './template-scope.ts'
import type { View } from './view-shape.ts'

/** A template ready to be filled, any number of times. */
export interface PreparedTemplate<Field extends string = MergeFieldName> {
  /** Fills it. Everything a field holds is escaped (not in text templates) and never read as a template. */
  readonly fill: (view: View) => FilledTemplate<Field>
  /** Where in the templates a place in the filled text comes from: `offset` counts characters of the text that `fill` gives for the same view. */
  readonly locate: (view: View, offset: number) => Place
}

/** A filled template. `merges` are its merge fields in the order of their sentinels. */
export interface FilledTemplate<Field extends string = MergeFieldName> {
  readonly text: string
  readonly merges: readonly MergePlace<Field>[]
  /** Checks that the template switches off, each once. */
  readonly checksOff: readonly CheckOff[]
}

/** What filling needs besides the view. */
export interface FillSettings {
  readonly messages: Messages
  /** At least 16 random letters and digits: nobody who writes a post can know it. */
  readonly nonce: string
}

/** Checks a template with its partials and makes it ready. All problems are returned; `prepared` is null when there are any. */
export function prepareTemplate<Field extends string>(
  given: TemplateWithPartials,
  { root, mergeFields }: TemplateKind<Field>,
  settings: FillSettings,
): { readonly prepared: PreparedTemplate<Field> | null; readonly problems: readonly Problem[] } {
  const { checked, problems } = checkTemplate(given, root, mergeFields)
  if (checked === null || problems.length > 0) return { prepared: null, problems }
  const fill = compile<Field>(checked, given.output, settings)
  const prepared: PreparedTemplate<Field> = {
    fill,
    locate: (view, offset) => {
      // Parsed anew, because compiling changes a syntax tree.
      const again = checkTemplate(given, root, mergeFields).checked
      if (again === null) return { file: given.template.file }
      const marked = markLines(again, given, settings.nonce)
      return mapLines(compile(marked, given.output, settings)(view).text, settings.nonce, marked.files, offset)
    },
  }
  return { prepared, problems }
}

function compile<Field extends string>(
  checked: CheckedTemplate,
  output: 'html' | 'text',
  settings: FillSettings,
): PreparedTemplate<Field>['fill'] {
  const handlebars: typeof Handlebars = loadHandlebars().create()
  let merges: MergePlace<Field>[] = []
  let checksOff: CheckOff[] = []
  const helpers = makeHelpers({
    messages: settings.messages,
    leaveMerge: (name, fallback) => {
      // The check has let no other name through.
      merges.push({ name: name as Field, fallback })
      return sentinelFor(settings.nonce, merges.length - 1)
    },
    leaveCheckOff: (rule, reason) => {
      if (!checksOff.some(each => each.rule === rule && each.reason === reason)) checksOff.push({ rule, reason })
    },
    raw: markup => new handlebars.SafeString(markup),
  })
  const options = {
    noEscape: output === 'text',
    preventIndent: true,
    knownHelpersOnly: true,
    knownHelpers: Object.fromEntries(Object.keys(helpers).map(name => [name, true])),
  }
  for (const [name, program] of checked.partials) handlebars.registerPartial(name, handlebars.compile(program, options))
  handlebars.registerHelper(helpers as Record<string, Handlebars.HelperDelegate>)
  const template = handlebars.compile<View>(checked.program, options)
  return view => {
    merges = []
    checksOff = []
    const text = template(view, { allowProtoPropertiesByDefault: false, allowProtoMethodsByDefault: false })
    return { text, merges, checksOff }
  }
}
