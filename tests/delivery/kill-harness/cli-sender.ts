/** `news-digest send` itself, from its sources: a publication with one edition, built once. */

import { execFile } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import type { Sender, Setting } from './run-harness.ts'

const command = path.join(import.meta.dirname, '..', '..', '..', 'src', 'cli.ts')
const edition = '2026-w06'

const configOf = (connections: number) => `site:
  name: Harbour Notes
  url: https://harbour.example
  timeZone: Europe/Lisbon
sender:
  email: letter@harbour.example
  address: Harbour Notes, 1 Quay, Lisbon
links:
  publicUrl: https://news.harbour.example
send:
  connections: ${connections}
  backOff: [1s]
  relayBackOff: [1s]
  drain: 2s
`

const post = `---
title: Lamps at low water
date: 2026-02-03
description: Who lights them, and who pays for the oil.
featured: true
---

The lamps are lit at dusk.
`

/** The command as an editor or a timer calls it. */
export const cliSender: Sender = {
  prepare: async ({ folder, connections }) => {
    await mkdir(path.join(folder, 'content'), { recursive: true })
    await writeFile(path.join(folder, 'news-digest.yaml'), configOf(connections))
    await writeFile(path.join(folder, 'content', 'lamps.md'), post)
    await promisify(execFile)(process.execPath, [command, 'build', edition], { cwd: folder, env: environment() })
  },
  command: setting => ({
    args: [command, 'send', edition, '--yes', '--quiet'],
    cwd: setting.folder,
    env: environment(setting),
  }),
}

function environment(setting?: Setting): NodeJS.ProcessEnv {
  const { SMTP_URL: _, DATABASE_URL: __, ...others } = process.env
  const { port = 0, place } = setting ?? {}
  return {
    ...others,
    CI: '',
    NO_COLOR: '1',
    NEWS_DIGEST_SECRET: 'pW3v0d1Jx8yqk5QmZr7LbTnC2HsEfUgA9iOe4wXcYtI=',
    SMTP_URL: `smtp://127.0.0.1:${port}`,
    ...(place?.databaseUrl === undefined ? {} : { DATABASE_URL: place.databaseUrl }),
  }
}
