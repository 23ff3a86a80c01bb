import type { Email, VariantName } from '../../render/email.ts'
import { emailOfVariant } from '../../render/variant.ts'

/** An email as one variant of it is shown; `variant` is null where it has one subject. */
export interface ShownVariant {
  readonly variant: VariantName | null
  readonly email: Email
}

/** What is shown of an email where somebody asked for `asked`: variant B only where there is one. */
export function showVariant(email: Email, asked: string | null): ShownVariant {
  if (email.variants === undefined) return { variant: null, email }
  const variant = asked === 'B' ? 'B' : 'A'
  return { variant, email: emailOfVariant(email, variant) }
}
