import type { Problem } from '../../../errors.ts'
import { type Refusal, requestHeader } from '../api.ts'

/** A problem as the page shows it; those that the page itself finds (no connection) have no code. */
export type ShownProblem = Omit<Problem, 'code' | 'severity'>

/** What came back. */
export type Fetched<T> =
  | { readonly kind: 'answer'; readonly answer: T }
  | { readonly kind: 'refused'; readonly problems: readonly ShownProblem[] }

/** Asks the server; every failure becomes problems that can be shown. Rejects only when `signal` ends it. */
export async function fetchAnswer<T>(address: string, signal: AbortSignal): Promise<Fetched<T>> {
  return request<T>(address, { signal, headers: { accept: 'application/json' } })
}

/** Sends a body to the server and reads its answer, as `fetchAnswer` does. */
export async function postForAnswer<T>(address: string, body: unknown): Promise<Fetched<T>> {
  const headers = { 'content-type': 'application/json', accept: 'application/json', [requestHeader.name]: requestHeader.value }
  return request<T>(address, { method: 'POST', headers, body: JSON.stringify(body) })
}

async function request<T>(address: string, options: RequestInit): Promise<Fetched<T>> {
  try {
    const response = await fetch(address, options)
    const body: unknown = await response.json()
    if (response.ok) return { kind: 'answer', answer: body as T }
    const { problems } = body as Partial<Refusal>
    return { kind: 'refused', problems: problems?.length ? problems : [unexpected(`the server answered ${response.status}`)] }
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    return { kind: 'refused', problems: [unexpected('the preview’s server does not answer')] }
  }
}

function unexpected(message: string): ShownProblem {
  return { message, hint: 'look at the terminal where `news-digest preview` runs; start it again if it has ended' }
}
