import type { Config } from '../../config/config.ts'

/** The one stylesheet of all pages. Colours of the configuration have been checked there; a font's name may hold anything. */
export function pageStyle({ brand }: Pick<Config, 'brand'>): string {
  const font = brand.font.replace(/[^\p{L}\p{N}\s,'"_-]/gu, '')
  return `:root { color-scheme: light dark; --accent: ${brand.accent}; --on-accent: #fff; --text: #1f1f1f; --quiet: #575757; --ground: #fff; --line: #767676 }
@media (prefers-color-scheme: dark) { :root { --accent: ${brand.accentDark}; --on-accent: #111; --text: #ececec; --quiet: #b4b4b4; --ground: #161616; --line: #8c8c8c } }
* { box-sizing: border-box }
body { margin: 0; background: var(--ground); color: var(--text); font: 1.0625rem/1.6 ${font} }
header, main { max-width: 38rem; margin: 0 auto; padding: 1.25rem }
header a { color: var(--quiet); text-decoration: none }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 1rem }
h2 { font-size: 1.2rem; margin: 2.5rem 0 .5rem }
a { color: var(--accent) }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px }
label { display: block; margin: 1rem 0 .25rem }
input, select, textarea, button { font: inherit; min-height: 2.75rem; max-width: 100% }
input, select, textarea { width: 100%; padding: .5rem .75rem; color: inherit; background: var(--ground); border: 1px solid var(--line); border-radius: .375rem }
textarea { display: block; resize: vertical }
fieldset { min-width: 0; margin: 2.5rem 0 0; padding: 0; border: 0 }
legend { padding: 0; font-size: 1.2rem; font-weight: bold }
.choice { display: flex; align-items: center; gap: .75rem; min-height: 2.75rem; margin: 0 }
.choice input { flex: none; width: 1.25rem; min-height: 1.25rem; margin: 0; accent-color: var(--accent) }
button { margin-top: 1.5rem; padding: .5rem 1.25rem; border: 2px solid var(--accent); border-radius: .375rem; background: var(--accent); color: var(--on-accent); cursor: pointer }
button.quiet { background: transparent; color: var(--accent) }
ol { list-style: none; padding: 0 }
li { margin: 0 0 1.5rem }
time, .quiet-text { display: block; color: var(--quiet); font-size: .9375rem }
.unseen { display: none }
.note { padding: .75rem 1rem; border-inline-start: 4px solid var(--accent) }
`
}
