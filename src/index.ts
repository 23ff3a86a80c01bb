/**
 * news-digest as a library: the same steps that the command line takes, for a site's own build script.
 *
 * `planEdition` and `buildEdition` take all steps at once; the others are those steps, one by one. None of them prints, asks, sends or ends the process;
 * what the user can mend is thrown as `UserError`.
 */

export type { Config, Settings } from './config/config.ts'
export { type ConfigOverrides, type ReadConfigRequest, readConfig, readSettings } from './config/read-config.ts'
export type { BodyBlock, BrokenPost, FaqEntry, FullPost, Picture, Post, PostCollection, PostDate } from './content/post.ts'
export { readFullPosts } from './content/read-full-posts.ts'
export type { ReadOptions } from './content/read-options.ts'
export { readPosts } from './content/read-posts.ts'
export type { IncomingEntry } from './delivery/bounces/incoming.ts'
export type { RecipientRow } from './delivery/read-recipients.ts'
export { type AssembleEditionRequest, assembleEdition } from './edition/assemble-edition.ts'
export type { Edition, EditionFile, EditionPost, Item, Sponsor } from './edition/edition.ts'
export { type ErrorCode, type Place, type Problem, UserError } from './errors.ts'
export type { Finding, InspectContext } from './inspect/finding.ts'
export { inspectEmail } from './inspect/inspect-email.ts'
export { type WeightReport, weighEmail } from './inspect/weigh-email.ts'
export type { LedgerPlace } from './ledger/ledger.ts'
export { type MessageSources, readMessages } from './locale/read-messages.ts'
export { composeMessage } from './message/compose-message.ts'
export type { MessageRecipient } from './message/message-recipient.ts'
export { type MessageSettings, messageSettingsOf } from './message/message-settings.ts'
export { type EditionOutput, type WrittenEdition, writeEdition } from './output/write-edition.ts'
export type { Email, EmailVariant, MergeFieldName, MergeValues, Segment, VariantName } from './render/email.ts'
export { exportFor, type Service } from './render/export-for.ts'
export { joinSegments } from './render/join-email.ts'
export { readTemplates, type TemplatePlaces, type TemplateSet } from './render/read-templates.ts'
export { type RenderedEdition, type RenderSettings, renderEmail } from './render/render-email.ts'
export { emailOfVariant } from './render/variant.ts'
export { type BouncesRequest, type BouncesResult, takeBounces } from './run-bounces.ts'
export { type Build, type BuildRequest, buildEdition, makeEdition, sampleValues, type WrittenBuild } from './run-build.ts'
export { type InspectRequest, inspectEdition } from './run-inspect.ts'
export { calendarOf, type Plan, type PlanRequest, planEdition, readOptionsOf } from './run-plan.ts'
export { type ReconciledDelivery, type ReconcileRequest, type ReconcileResult, reconcileEdition } from './run-reconcile.ts'
export {
  type EditionReport,
  type EditionStatusRequest,
  eachRecipient,
  listSendings,
  reportEdition,
  type SendingsReport,
  type StatusRequest,
} from './run-status.ts'
export { sendTest, type TestResult, type TestSend, type TestSendRequest } from './run-test-send.ts'
export type { Calendar } from './selection/calendar.ts'
export { describeReason } from './selection/describe-reason.ts'
export { type SelectionRequest, selectPosts } from './selection/select-posts.ts'
export type { Decision, PastEdition, Selection, SelectionRules, Window } from './selection/selection.ts'
export { resolveWindow, type WindowRequest } from './selection/windows.ts'
export { type SummarySettings, summarizePost, summarizePosts } from './summary/summarize-posts.ts'
export type { KeyPoint, Passage, Summary, SummaryBudgets, SummarySource, SummaryStyle } from './summary/summary.ts'
