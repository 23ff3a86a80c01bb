import type { Email } from '../render/email.ts'
import { createFinder } from './find-origin.ts'
import type { Complaint, Finding, InspectContext, Rule, Severity } from './finding.ts'
import { createLocator } from './locate.ts'
import { rules } from './rules.ts'
import { takeApart } from './take-apart.ts'

/**
 * What every rule finds in an email, but for those that the configuration or a template has switched off. The same arguments give the same findings in
 * the same order.
 */
export async function inspectEmail(email: Email, context: InspectContext): Promise<readonly Finding[]> {
  const inspected = await takeApart(email, context)
  const locate = createLocator(email)
  const findOrigin = createFinder(context)
  const switchedOff = new Set(email.checksOff?.map(({ rule }) => rule))
  return rules
    .filter(({ name }) => !switchedOff.has(name) && weightOf(name, context) !== 'off')
    .flatMap(rule =>
      rule.inspect(inspected).map(complaint => ({
        rule: rule.name,
        severity: severityOf(rule, complaint, context),
        message: complaint.message,
        place: { part: complaint.place.part, excerpt: complaint.place.excerpt, ...locate(complaint.place) },
        origin: findOrigin(complaint.place),
        help: complaint.help,
      })),
    )
}

function severityOf({ name }: Rule, { severity }: Complaint, context: InspectContext): Severity {
  const weight = weightOf(name, context)
  return weight === 'error' ? 'error' : weight === 'warn' ? 'warning' : severity
}

function weightOf(rule: string, { checks = {} }: InspectContext): 'off' | 'warn' | 'error' | undefined {
  return Object.hasOwn(checks, rule) ? checks[rule] : undefined
}
