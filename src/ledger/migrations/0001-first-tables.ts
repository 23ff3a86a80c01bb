import { type Kysely, sql } from 'kysely'
import type { Ledger } from '../ledger.ts'
import { deliveryStates, subscriberStates, type Tables } from '../tables.ts'
import { bigType, idColumn, oneOf, required } from './columns.ts'

/** Subscribers, sendings, deliveries and what happened to them. */
export async function createFirstTables(db: Kysely<Tables>, kind: Ledger['kind']): Promise<void> {
  const { schema } = db
  const id = idColumn(kind)
  const big = bigType(kind)

  await schema
    .createTable('subscribers')
    .addColumn('id', big, id)
    .addColumn('list', 'text', required)
    .addColumn('address', 'text', required)
    .addColumn('original', 'text', required)
    .addColumn('domain', 'text', required)
    .addColumn('name', 'text')
    .addColumn('language', 'text')
    .addColumn('tagsJson', 'text', each => each.notNull().defaultTo('[]'))
    .addColumn('attributesJson', 'text', each => each.notNull().defaultTo('{}'))
    .addColumn('state', 'text', oneOf('state', subscriberStates))
    .addColumn('pausedUntil', big)
    .addColumn('epoch', 'integer', each => each.notNull().defaultTo(0))
    .addColumn('joinedAt', big, required)
    .addColumn('confirmedAt', big)
    .addColumn('proofJson', 'text')
    .addUniqueConstraint('subscribersAddress', ['list', 'address'])
    .execute()

  await schema
    .createTable('subscriberEvents')
    .addColumn('id', big, id)
    .addColumn('subscriberId', big, each => each.notNull().references('subscribers.id').onDelete('cascade'))
    .addColumn('at', big, required)
    .addColumn('fromState', 'text')
    .addColumn('toState', 'text', required)
    .addColumn('why', 'text', required)
    .addColumn('source', 'text', required)
    .execute()
  await schema.createIndex('subscriberEventsSubscriber').on('subscriberEvents').column('subscriberId').execute()

  await schema
    .createTable('forgotten')
    .addColumn('digest', 'text', each => each.primaryKey())
    .addColumn('at', big, required)
    .execute()
  await schema
    .createTable('settings')
    .addColumn('name', 'text', each => each.primaryKey())
    .addColumn('value', 'text', required)
    .execute()

  await schema
    .createTable('sendings')
    .addColumn('id', big, id)
    .addColumn('list', 'text', required)
    .addColumn('edition', 'text', required)
    .addColumn('kind', 'text', oneOf('kind', ['edition', 'late', 'welcome']))
    .addColumn('round', 'integer', required)
    .addColumn('hashesJson', 'text', required)
    .addColumn('state', 'text', oneOf('state', ['scheduled', 'running', 'paused', 'finished']))
    .addColumn('pauseReason', 'text')
    .addColumn('segment', 'text')
    .addColumn('forcedBecause', 'text')
    .addColumn('scheduledFor', big)
    .addColumn('scheduledZone', 'text')
    .addColumn('startedAt', big)
    .addColumn('notAfter', big)
    .addColumn('finishedAt', big)
    .addColumn('recipients', 'integer')
    .addColumn('split', kind === 'sqlite' ? 'real' : 'double precision')
    .addColumn('winner', 'text')
    .addUniqueConstraint('sendingsOnce', ['list', 'edition', 'kind', 'round'])
    .execute()

  await schema
    .createTable('deliveries')
    .addColumn('id', big, id)
    .addColumn('sendingId', big, each => each.notNull().references('sendings.id'))
    // No reference: a delivery is a record that outlives the person's row.
    .addColumn('subscriberId', big, required)
    .addColumn('address', 'text', required)
    .addColumn('domain', 'text', required)
    .addColumn('variant', 'text')
    .addColumn('state', 'text', oneOf('state', deliveryStates))
    .addColumn('owner', big)
    .addColumn('attempts', 'integer', each => each.notNull().defaultTo(0))
    .addColumn('nextAttemptAt', big)
    .addColumn('changedAt', big, required)
    .addColumn('relay', 'text')
    .addColumn('queueId', 'text')
    .addColumn('code', 'integer')
    .addColumn('enhanced', 'text')
    .addColumn('reply', 'text')
    .addUniqueConstraint('deliveriesOnce', ['subscriberId', 'sendingId'])
    .execute()
  await schema.createIndex('deliveriesState').on('deliveries').columns(['sendingId', 'state', 'id']).execute()
  await schema
    .createIndex('deliveriesDue')
    .on('deliveries')
    .columns(['sendingId', 'nextAttemptAt'])
    .where(sql<boolean>`state = 'deferred'`)
    .execute()

  await schema
    .createTable('attempts')
    .addColumn('id', big, id)
    .addColumn('deliveryId', big, each => each.notNull().references('deliveries.id'))
    .addColumn('at', big, required)
    .addColumn('relay', 'text', required)
    .addColumn('outcome', 'text', required)
    .addColumn('stage', 'text')
    .addColumn('code', 'integer')
    .addColumn('enhanced', 'text')
    .addColumn('text', 'text')
    .addColumn('milliseconds', 'integer')
    .execute()
  await schema.createIndex('attemptsDelivery').on('attempts').column('deliveryId').execute()

  await schema
    .createTable('bounces')
    .addColumn('id', big, id)
    .addColumn('digest', 'text', each => each.notNull().unique())
    .addColumn('at', big, required)
    .addColumn('kind', 'text', oneOf('kind', ['hard', 'soft', 'complaint', 'nothing']))
    .addColumn('address', 'text')
    .addColumn('subscriberId', big)
    .addColumn('deliveryId', big)
    .addColumn('matchedBy', 'text')
    .addColumn('enhanced', 'text')
    .addColumn('decision', 'text', required)
    .addColumn('detail', 'text')
    .execute()
  await schema.createIndex('bouncesSubscriber').on('bounces').columns(['subscriberId', 'at']).execute()

  await schema
    .createTable('rateSlots')
    .addColumn('name', 'text', each => each.primaryKey())
    .addColumn('nextAt', big, required)
    .execute()
}
