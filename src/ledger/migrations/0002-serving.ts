import type { Kysely } from 'kysely'
import type { Ledger } from '../ledger.ts'
import type { Tables } from '../tables.ts'
import { bigType, idColumn, required } from './columns.ts'

/** Why a sending stopped, editions as they were sent, and what subscribers say on the pages: sign-ups and reasons for leaving. */
export async function addServing(db: Kysely<Tables>, kind: Ledger['kind']): Promise<void> {
  const { schema } = db
  const id = idColumn(kind)
  const big = bigType(kind)

  await schema.alterTable('sendings').addColumn('stopReason', 'text').execute()

  await schema
    .createTable('sentEditions')
    .addColumn('list', 'text', required)
    .addColumn('edition', 'text', required)
    .addColumn('contentHash', 'text', required)
    .addColumn('emailJson', 'text', required)
    .addPrimaryKeyConstraint('sentEditionsOnce', ['list', 'edition', 'contentHash'])
    .execute()

  await schema
    .createTable('signUps')
    .addColumn('id', big, id)
    .addColumn('subscriberId', big, each => each.notNull().references('subscribers.id').onDelete('cascade'))
    .addColumn('mailbox', 'text', required)
    .addColumn('requestedAt', big, required)
    .addColumn('expiresAt', big, required)
    .addColumn('language', 'text', required)
    .addColumn('name', 'text')
    .addColumn('wording', 'text', required)
    .addColumn('client', 'text')
    .addColumn('mailDueAt', big)
    .addColumn('mailTries', 'integer', each => each.notNull().defaultTo(0))
    .addColumn('mailedAt', big)
    .addColumn('mailReply', 'text')
    .addColumn('confirmedAt', big)
    .execute()
  await schema.createIndex('signUpsOfSubscriber').unique().on('signUps').columns(['subscriberId', 'expiresAt']).execute()
  await schema.createIndex('signUpsOfMailbox').on('signUps').columns(['mailbox', 'requestedAt']).execute()
  await schema.createIndex('signUpsExpiry').on('signUps').column('expiresAt').execute()
  await schema.createIndex('signUpsMailed').on('signUps').column('mailedAt').where('mailedAt', 'is not', null).execute()
  await schema.createIndex('signUpsDue').on('signUps').column('mailDueAt').where('mailDueAt', 'is not', null).execute()

  await schema
    .createTable('leaveReasons')
    .addColumn('id', big, id)
    .addColumn('subscriberId', big, each => each.notNull().references('subscribers.id').onDelete('cascade'))
    .addColumn('at', big, required)
    .addColumn('reason', 'text', required)
    .addColumn('note', 'text')
    .execute()
  await schema.createIndex('leaveReasonsSubscriber').on('leaveReasons').column('subscriberId').execute()
}
