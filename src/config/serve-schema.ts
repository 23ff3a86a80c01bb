import * as z from 'zod'
import { isNetwork } from './network.ts'

const text = z.string().trim().min(1)
const positive = z.int().min(1)
const origin = z
  .string()
  .regex(/^https?:\/\/[^\s/?#@]+$/i, { error: 'a site without a path or a slash at its end, such as https://www.example.com', abort: true })
  .refine(text => URL.canParse(text), 'a site such as https://www.example.com')
  .describe('Scheme, host and port of a site.')
const network = z.string().refine(isNetwork, 'an address or a network, such as 127.0.0.1, 10.0.0.0/8 or fd00::/8')

/** The section `signUp`: whether and how people sign up on our pages. */
export const signUp = z
  .strictObject({
    origins: z.array(origin).default([]).describe('Other sites whose pages may sign people up, such as https://www.example.com.'),
    wording: text
      .optional()
      .describe('What the form says that people agree to; kept with their sign-up. Default: the message signUpWording in their language.'),
    tags: z.array(text).default([]).describe('Tags for whoever confirms.'),
    perAddress: positive.default(3).describe('Confirmation mails to one mailbox in 24 hours.'),
    perClient: positive.default(20).describe('Sign-ups from one network address in an hour; of IPv6, from one /64.'),
    mailsPerHour: positive.default(200).describe('Confirmation mails to all together; what is more waits.'),
  })
  .optional()
  .describe('Lets people sign up on the pages of serve, with a mail to confirm. Without it nobody can; {} is enough.')

/** The section `serve`: what the server has to know of where it stands. */
export const serve = z
  .strictObject({
    trustProxy: z
      .union([z.int().min(0).max(10), z.array(network).min(1)], {
        error: 'how many proxies there are, from 0 to 10, or a list of their addresses and networks, such as [127.0.0.1]',
      })
      .default(0)
      .describe('Whose X-Forwarded-For to believe: how many proxies stand in front, or their addresses and networks. 0: nobody.'),
  })
  .prefault({})
