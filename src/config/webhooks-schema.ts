import * as z from 'zod'
import { variableName } from './variable-name.ts'

const topicArn = z
  .string()
  .regex(
    /^arn:aws(?:-cn|-us-gov)?:sns:[a-z]{2}(?:-[a-z]{2,10}){1,3}-\d{1,2}:\d{12}:[\w-]{1,256}$/,
    'the ARN of a topic, such as arn:aws:sns:eu-west-1:123456789012:bounces',
  )

/** The section `webhooks` of the configuration: providers by the name of their route. */
export const webhooks = z
  .strictObject({
    ses: z
      .strictObject({
        topics: z
          .array(topicArn)
          .min(1)
          .describe('ARNs of the SNS topics that Amazon SES reports to. Subscriptions to these are confirmed.'),
      })
      .optional(),
    postmark: z
      .strictObject({
        secretFrom: variableName.describe('The environment variable that holds user:password, as in the address given to Postmark.'),
      })
      .optional(),
    mailgun: z
      .strictObject({ signingKeyFrom: variableName.describe('The environment variable that holds the HTTP webhook signing key.') })
      .optional(),
    sendgrid: z
      .strictObject({ publicKey: z.string().trim().min(1).describe('The verification key of the signed event webhook. It is no secret.') })
      .optional(),
  })
  .prefault({})
  .describe('Providers that tell of bounces and complaints by a webhook, each under /webhooks/ of links.publicUrl. More: docs/serving.md.')
