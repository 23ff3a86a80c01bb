import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { accelerationFor, type ForecastRequest, forecastSending } from '../../src/delivery/forecast.ts'

const request: ForecastRequest = {
  recipients: 1000,
  relays: [{ name: 'main', weight: 1, rate: null }],
  rate: null,
  domains: [],
  usualRate: null,
  now: 0,
  notAfter: 86_400_000,
}
const forecast = (changes: Partial<ForecastRequest>) => forecastSending({ ...request, ...changes })

describe('forecastSending()', () => {
  it('knows nothing where nothing limits the sending and none was seen', () => {
    expect(forecast({})).toEqual({ byLimits: null, limitedBy: null, byEarlier: null, seconds: null, endsAt: null, wouldExpire: false })
  })

  it.each<[string, number, string, Partial<ForecastRequest>]>([
    ['the rate of the sending', 100, 'send.rate', { rate: 10 }],
    ['the rate of the relay', 50, 'the rate of main', { relays: [{ name: 'main', weight: 1, rate: 20 }], rate: 100 }],
    [
      'the rate of a domain',
      300,
      'send.perDomain of gmail.com',
      { rate: 10, domains: [{ domain: 'gmail.com', recipients: 600, rate: 2 }] },
    ],
    [
      'the relay that is slowest for its weight',
      150,
      'the rate of b',
      {
        relays: [
          { name: 'a', weight: 1, rate: 100 },
          { name: 'b', weight: 3, rate: 5 },
        ],
      },
    ],
  ])('takes %s where that is the slowest', (_, seconds, limitedBy, changes) => {
    expect(forecast(changes)).toMatchObject({ byLimits: seconds, limitedBy, seconds, endsAt: seconds * 1000 })
  })

  it('takes the longer one of limits and pace', () => {
    expect(forecast({ rate: 10, usualRate: 5 })).toMatchObject({ byLimits: 100, byEarlier: 200, seconds: 200 })
    expect(forecast({ rate: 10, usualRate: 50 })).toMatchObject({ byLimits: 100, byEarlier: 20, seconds: 100 })
  })

  it('says where the rest would expire', () => {
    expect(forecast({ rate: 1, notAfter: 1_000_000 }).wouldExpire).toBe(false)
    expect(forecast({ rate: 1, notAfter: 999_999 }).wouldExpire).toBe(true)
  })
})

describe('accelerationFor()', () => {
  it('makes two hours of 100,000 recipients minutes, and leaves what is not limited as it is', () => {
    const factor = accelerationFor({ byLimits: 100_000 / 14 }, 100_000)
    expect(100_000 / 14 / factor).toBeLessThanOrEqual(240)
    expect(accelerationFor({ byLimits: null }, 100_000)).toBe(1)
  })

  it('never slows down, and never lets a tick pass over a whole window of a limit', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000 }), fc.double({ min: 0.0001, max: 1000, noNaN: true }), (recipients, rate) => {
        const factor = accelerationFor({ byLimits: recipients / rate }, recipients)
        const window = Math.max(1000, 1000 / rate)
        expect(factor).toBeGreaterThanOrEqual(1)
        expect(factor * 2).toBeLessThanOrEqual(window / 5 + 2)
      }),
    )
  })
})
