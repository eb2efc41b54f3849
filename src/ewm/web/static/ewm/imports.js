// Imports: a file that is too large is told before it is sent, a long step says that it is at work and runs only once.

for (const input of document.querySelectorAll('input[data-max-bytes]')) {
  const error = document.querySelector('[data-file-error]')
  const check = () => {
    const file = input.files[0]
    const tooLarge = file && file.size > Number(input.dataset.maxBytes)
    const size = file ? Math.ceil(file.size / 1024 / 1024) : 0
    error.hidden = !tooLarge
    error.querySelector('span').textContent = tooLarge ? error.dataset.fileError.replace('{size}', size) : ''
    input.toggleAttribute('aria-invalid', false)
    if (tooLarge) input.setAttribute('aria-invalid', 'true')
    input.setCustomValidity(tooLarge ? error.textContent.trim() : '')
  }
  input.addEventListener('change', check)
}

for (const drop of document.querySelectorAll('[data-drop]')) {
  const input = drop.querySelector('input')
  // The browser writes its own button in its own language: with a script ours stands in its place, below the field.
  const look = drop.querySelector('[data-drop-look]')
  const name = drop.querySelector('[data-drop-name]')
  const nothing = name.textContent
  look.hidden = false
  drop.classList.add('drop--ready')
  const named = () => { name.textContent = input.files[0]?.name ?? nothing }
  input.addEventListener('change', named)
  named()
  const over = on => drop.classList.toggle('drop--over', on)
  drop.addEventListener('dragover', event => { event.preventDefault(); over(true) })
  drop.addEventListener('dragleave', () => over(false))
  drop.addEventListener('drop', event => {
    event.preventDefault()
    over(false)
    if (!event.dataTransfer.files.length) return
    input.files = event.dataTransfer.files
    input.dispatchEvent(new Event('change', { bubbles: true }))
  })
}

const atWork = new WeakSet()

document.addEventListener('submit', event => {
  const form = event.target
  const button = event.submitter?.dataset.busy ? event.submitter : null
  if (!button) return
  if (atWork.has(form)) return event.preventDefault()
  atWork.add(form)
  button.setAttribute('aria-disabled', 'true')
  button.querySelector('.kern-label').textContent = button.dataset.busy
  const said = form.querySelector('[data-busy-text]')
  if (said) said.textContent = button.dataset.busy
})

// Back from the page cache: what was at work is over.
addEventListener('pageshow', event => { if (event.persisted) location.reload() })
