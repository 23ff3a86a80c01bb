import type { RelayPresetName } from '../../config/relay-presets.ts'
import type { ReplyRule } from './delivery-action.ts'

/**
 * Rows that come before the table of replies for relays of a known provider. Only what the provider's own page says and the codes alone do not.
 * Amazon SES: https://docs.aws.amazon.com/ses/latest/dg/manage-sending-quotas-errors.html (its 454 at the end of DATA has no enhanced code).
 */
export const presetReplyRules: Readonly<Record<RelayPresetName, readonly ReplyRule[]>> = {
  'amazon-ses': [
    // A day has to pass before the quota is free again: waiting 5 minutes for each of the remaining recipients only wears the attempts out.
    { says: "the account's quota for 24 hours is used up", codes: [454], text: /daily message quota exceeded/i, action: { kind: 'pause' } },
    {
      says: "the account's rate is exceeded",
      codes: [454],
      text: /maximum sending rate exceeded/i,
      action: { kind: 'defer', slow: 'relay', closes: false },
    },
  ],
  postmark: [],
  mailgun: [],
  brevo: [],
  postfix: [],
}
