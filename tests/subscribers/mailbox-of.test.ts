import { expect, it } from 'vitest'
import { mailboxOf } from '../../src/subscribers/mailbox-of.ts'

it.each([
  ['ada@gull.example', 'ada@gull.example'],
  ['ada+news@gull.example', 'ada@gull.example'],
  ['ada+a+b@gull.example', 'ada@gull.example'],
  ['a.da@gull.example', 'a.da@gull.example'],
  ['a.d.a+x@gmail.com', 'ada@gmail.com'],
  ['ada@googlemail.com', 'ada@gmail.com'],
  ['+ada@gull.example', '+ada@gull.example'],
])('mailboxOf() takes %s to %s', (address, mailbox) => {
  expect(mailboxOf(address)).toBe(mailbox)
})
