/** The contract between making editions for the preview and showing them. */

import type { Config } from '../../config/config.ts'
import type { Edition } from '../../edition/edition.ts'
import type { Problem } from '../../errors.ts'
import type { Email } from '../../render/email.ts'
import type { Service } from '../../render/export-for.ts'
import type { TemplateSet } from '../../render/read-templates.ts'
import type { Selection, Window } from '../../selection/selection.ts'
import type { EditionKey } from './api.ts'

/** An edition with its email, made from content just now or read from out/. */
export interface FinishedEdition {
  readonly kind: 'finished'
  readonly key: EditionKey
  /** The configuration it was made with. */
  readonly config: Config
  readonly edition: Edition
  readonly email: Email
  /** The service that a built edition was built for; undefined without one. */
  readonly service: Service | undefined
  /** Of the HTML, by `usualBytes`. */
  readonly bytes: number
  readonly shortened: readonly string[]
  /** Null of a built edition, and then the templates are those of its look as they are now. */
  readonly selection: Selection | null
  readonly templates: TemplateSet | null
  readonly warnings: readonly Problem[]
}

/** A window without anything to send. */
export interface NothingToSend {
  readonly kind: 'nothing-to-send'
  readonly key: EditionKey
  readonly selection: Selection
  readonly newest: Window | null
  readonly warnings: readonly Problem[]
}

/** What there is to show of an edition. */
export type ShownEdition = FinishedEdition | NothingToSend
