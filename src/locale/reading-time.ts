// The mean rate of silent reading of English non-fiction: Brysbaert, "How many words do we read per minute?", Journal of Memory and Language 109 (2019).
const wordsPerMinute = 238

/** Minutes a text of so many words takes to read, rounded up: at least 1. */
export function readingMinutes(words: number): number {
  return Math.max(1, Math.ceil(words / wordsPerMinute))
}
