/** The rules of message-rules.md that raw bytes can break, checked without any mail library. */

const requiredHeaders = ['From', 'To', 'Subject', 'Date', 'Message-ID', 'MIME-Version', 'Content-Type']
const allowedHeaders = [
  ...requiredHeaders,
  'DKIM-Signature',
  'Reply-To',
  'List-Id',
  'List-Unsubscribe',
  'List-Unsubscribe-Post',
  'Feedback-ID',
  'Precedence',
  'Auto-Submitted',
  'X-News-Digest-Delivery',
  'Content-Language',
]

type Header = ReturnType<typeof splitMessage>['headers'][number]

/** Every breach found: empty for a message in order. */
export function breachesOf(message: Uint8Array): string[] {
  const raw = Buffer.from(message).toString('latin1')
  const { headers, parts, boundary } = splitMessage(raw)
  return [
    ...(/[^\x20-\x7e\r\n\t]/.test(raw) ? ['a byte beyond printable ASCII'] : []),
    ...(/\r(?!\n)|(?<!\r)\n/.test(raw) ? ['a bare CR or LF'] : []),
    ...(parts.length === 2 ? [] : [`${parts.length} parts`]),
    ...headerBreaches(headers),
    ...parts.flatMap(part => bodyBreaches(part.body, boundary)),
  ]
}

function headerBreaches(headers: readonly Header[]): string[] {
  const lines = headers.flatMap(header => header.raw.split('\r\n'))
  const words = lines.flatMap(line => line.match(/=\?utf-8\?[BQ]\?[^?]*\?=/g) ?? [])
  const names = headers.map(header => header.name)
  return [
    ...lines.filter(line => line.length > 998).map(line => `a line of ${line.length} octets`),
    ...lines.filter(line => line.length > 78 && line.trim().includes(' ')).map(line => `an unfolded header line: ${line}`),
    ...words.filter(word => word.length > 75).map(word => `an encoded-word of ${word.length}`),
    ...requiredHeaders.filter(name => !names.includes(name)).map(name => `no ${name}`),
    ...names.filter((name, index) => names.indexOf(name) !== index).map(name => `a second ${name}`),
    ...names.filter(name => !allowedHeaders.includes(name)).map(name => `an unexpected header ${name}`),
  ]
}

function bodyBreaches(body: string, boundary: string): string[] {
  const lines = body.split('\r\n')
  return [
    ...lines.filter(line => line.length > 76).map(line => `a quoted-printable line of ${line.length}`),
    ...lines.filter(line => line.startsWith('.')).map(line => `a line that SMTP has to stuff: ${line}`),
    ...lines.filter(line => /[ \t]$/.test(line)).map(line => `a line that ends in a blank: ${line}`),
    ...(/=(?!\r\n|[0-9A-F]{2})/.test(body) ? ['a broken escape'] : []),
    ...(body.includes(boundary) ? ['the boundary in a body'] : []),
  ]
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
