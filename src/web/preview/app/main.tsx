import { render } from 'preact'
import { App } from './app.tsx'
import './styles/tokens.css'
import './styles/base.css'
import './styles/shell.css'
import './styles/dialogs.css'
import './styles/toolbar.css'
import './styles/stage.css'
import './styles/problems.css'
import './styles/panels.css'
import './styles/findings.css'
import './styles/source.css'

const root = document.getElementById('app')
if (root !== null) render(<App />, root)
