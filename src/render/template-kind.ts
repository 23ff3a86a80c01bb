/** The two kinds of templates: what each may print, and its merge fields. */

import { type MergeFieldName, mergeFieldNames } from './email.ts'
import { always, type GroupShape, group, number, type ValueOf } from './shape.ts'
import { viewShape } from './view-shape.ts'

/** What templates of a kind may use. */
export interface TemplateKind<Field extends string> {
  /** The shape of their view. */
  readonly root: GroupShape
  readonly mergeFields: readonly Field[]
}

/** Looks of editions. */
export const editionTemplates: TemplateKind<MergeFieldName> = { root: viewShape, mergeFields: mergeFieldNames }

/** What the template `confirm` sees: all that editions see, so that partials work in both, without an edition and its items. */
export const confirmShape = group({
  ...viewShape.fields,
  hours: always(number, 'Hours for which the link works. In the template confirm only.'),
})

/** What the template `confirm` sees. */
export type ConfirmView = ValueOf<typeof confirmShape>

/**
 * The template of the mail that confirms a sign-up. Merge fields of editions are known, for the partials that name them; whoever signed up has no value for
 * them yet, so none may be left in the mail itself.
 */
export const confirmTemplate: TemplateKind<MergeFieldName | 'confirmUrl'> = {
  root: confirmShape,
  mergeFields: [...mergeFieldNames, 'confirmUrl'],
}
