// Drafts: a form with data-draft-url is sent there every 20 seconds if something changed, and when the page is hidden.
// The server answers {"message": "…"} (optional); the state stands in [data-draft-state].
import { timeOfDay, word } from './dom.js'
import { isChanged, saved } from './guard.js'

const EVERY = 20_000

export function drafts (document) {
  for (const form of document.querySelectorAll('form[data-draft-url]')) {
    form.setAttribute('data-guard', '')
    setInterval(() => save(form), EVERY)
    document.addEventListener('visibilitychange', () => { if (document.hidden) save(form, true) })
  }
}

async function save (form, leaving = false) {
  if (!isChanged(form)) return
  saved(form)
  try {
    const answer = await fetch(form.dataset.draftUrl, {
      method: 'POST', body: new FormData(form), keepalive: leaving, redirect: 'manual', headers: { Accept: 'application/json' }
    })
    if (!answer.ok) throw new Error(answer.status)
    const found = answer.headers.get('Content-Type')?.includes('json') ? await answer.json() : {}
    say(found.message ?? word('draft-saved', { time: timeOfDay() }))
  } catch (error) {
    form.dispatchEvent(new Event('change', { bubbles: true }))
    say(word(error.message === '401' ? 'signed-out' : 'draft-not-saved'))
  }
}

function say (text) {
  const state = document.querySelector('[data-draft-state] span')
  if (state) state.textContent = text
}
