// Lists: after a part of the page was exchanged, focus goes to the line that says what is shown now.

document.addEventListener('htmx:afterSettle', event => {
  if (event.detail.target?.id === 'inhalt') document.getElementById('summe')?.focus()
})
