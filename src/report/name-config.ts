/**
 * The commands that a text proposes, with the configuration that was named this time: without it they would mean another list and another ledger. They stand on a line
 * of their own, or between double quotes.
 */
export function nameConfig(text: string, config: string): string {
  const flag = ` --config ${/^[\w./@%+:,-]+$/.test(config) ? config : `'${config.replaceAll("'", "'\\''")}'`}`
  const named = (command: string) => (command.includes('--config') ? command : command + flag)
  return text
    .replace(/^((?:\s|\x1b\[\d+m)+)(news-digest \w[^\n\x1b]*)/gm, (_, before: string, command: string) => before + named(command))
    .replace(/"(news-digest \w[^"\n]*)"/g, (_, command: string) => `"${named(command)}"`)
}
