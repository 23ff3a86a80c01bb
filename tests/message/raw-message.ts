/** The rules of message-rules.md that raw bytes can break, checked without any mail library. */

/** Every breach found: empty for a message in order. */
export function breachesOf(message: Uint8Array): string[] {
  const raw = Buffer.from(message).toString('latin1')
  const breaches: string[] = []
  if (/[^\x20-\x7e\r\n\t]/.test(raw)) breaches.push('a byte beyond printable ASCII')
  if (/\r(?!\n)|(?<!\r)\n/.test(raw)) breaches.push('a bare CR or LF')
  const { headers, parts, boundary } = splitMessage(raw)
  for (const line of headers.flatMap(header => header.raw.split('\r\n'))) {
    if (line.length > 998) breaches.push(`a line of ${line.length} octets`)
    if (line.length > 78 && line.trim().includes(' ')) breaches.push(`an unfolded header line: ${line}`)
  }
  for (const word of raw.match(/=\?utf-8\?[BQ]\?[^?]*\?=/g) ?? []) if (word.length > 75) breaches.push(`an encoded-word of ${word.length}`)
  for (const name of ['From', 'To', 'Subject', 'Date', 'Message-ID', 'MIME-Version', 'Content-Type']) {
    const count = headers.filter(header => header.name === name).length
    if (count !== 1) breaches.push(`${count} ${name} headers`)
  }
  const known = ['From', 'Reply-To', 'To', 'Subject', 'Date', 'Message-ID', 'List-Id', 'List-Unsubscribe', 'List-Unsubscribe-Post']
  known.push('MIME-Version', 'Content-Language', 'Content-Type')
  for (const header of headers) if (!known.includes(header.name)) breaches.push(`an unexpected header ${header.name}`)
  if (parts.length !== 2) breaches.push(`${parts.length} parts`)
  for (const part of parts) {
    for (const line of part.body.split('\r\n')) {
      if (line.length > 76) breaches.push(`a quoted-printable line of ${line.length}`)
      if (line.startsWith('.')) breaches.push('a line that SMTP has to stuff')
      if (/[ \t]$/.test(line)) breaches.push('a line that ends in a blank')
    }
    if (/=(?!\r\n|[0-9A-F]{2})/.test(part.body)) breaches.push('a broken escape')
    if (part.body.includes(boundary)) breaches.push('the boundary in a body')
  }
  return breaches
}

/** A message cut into headers (unfolded values) and the raw bodies of its parts. */
export function splitMessage(message: Uint8Array | string): {
  readonly headers: readonly { readonly name: string; readonly value: string; readonly raw: string }[]
  readonly parts: readonly { readonly headers: string; readonly body: string }[]
  readonly boundary: string
} {
  const raw = typeof message === 'string' ? message : Buffer.from(message).toString('latin1')
  const end = raw.indexOf('\r\n\r\n')
  const headers = raw
    .slice(0, end)
    .split(/\r\n(?![ \t])/)
    .map(line => ({
      name: line.slice(0, line.indexOf(':')),
      value: line
        .slice(line.indexOf(':') + 1)
        .replace(/\r\n/g, '')
        .trim(),
      raw: line,
    }))
  const boundary = /boundary="([^"]+)"/.exec(raw.slice(0, end))?.[1] ?? '?'
  const parts = raw
    .slice(end + 2)
    .split(new RegExp(`\\r\\n--${boundary.replace(/[^\w]/g, '\\$&')}(?:--)?\\r\\n`))
    .slice(1, -1)
    .map(part => ({ headers: part.slice(0, part.indexOf('\r\n\r\n')), body: part.slice(part.indexOf('\r\n\r\n') + 4) }))
  return { headers, parts, boundary }
}
