import type { Command } from 'commander'

/** Flags that every command has. */
export function addCommonFlags(command: Command): Command {
  return command
    .option('--config <file>', 'configuration file (default: news-digest.yaml)')
    .option('--json', 'print one JSON object on standard output')
    .option('--quiet', 'print problems only')
    .option('--debug', 'show the stack of an error')
}

/** The end of a command's help. */
export function examples(...lines: readonly string[]): string {
  return `\nExamples:\n${lines.map(line => `  $ ${line}`).join('\n')}\n\nExit codes: 0 done, 1 done with errors found or something left,\n2 usage or configuration, 3 nothing to send, 70 a bug, 130 interrupted.`
}
