/** The providers that a relay's `preset` may name. What is known of each stands in src/transport/relay-presets.ts. */
export const relayPresetNames = ['amazon-ses', 'postmark', 'mailgun', 'brevo', 'postfix'] as const

/** A provider that is known. */
export type RelayPresetName = (typeof relayPresetNames)[number]
