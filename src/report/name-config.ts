const esc = String.fromCharCode(27)
/** Behind blanks and the colour of a terminal, as far as the line or the colour goes. */
const onItsOwn = new RegExp(`^((?:\\s|${esc}\\[\\d+m)+)(news-digest \\w[^\\n${esc}]*)`, 'gm')

/**
 * The commands that a text proposes, with the configuration that was named this time: without it they would mean another list and another ledger. They stand on a line
 * of their own, or between double quotes.
 */
export function nameConfig(text: string, config: string): string {
  const flag = ` --config ${/^[\w./@%+:,-]+$/.test(config) ? config : `'${config.replaceAll("'", "'\\''")}'`}`
  const named = (command: string) => (command.includes('--config') ? command : command + flag)
  return text
    .replace(onItsOwn, (_, before: string, command: string) => before + named(command))
    .replace(/"(news-digest \w[^"\n]*)"/g, (_, command: string) => `"${named(command)}"`)
}
