// data-show-when="NAME=a,b": shown while the field of that name has one of the values (without „=“: any value).
// data-tick-when="NAME=a,b" on a check box: ticked while it has one of them, until somebody touches the box.
import { each } from './dom.js'

export function conditions (root) {
  each(root, '[data-show-when]', element => watch(element, element.dataset.showWhen, yes => { element.hidden = !yes }))
  each(root, 'input[data-tick-when]', box => {
    let touched = false
    box.addEventListener('click', () => { touched = true })
    watch(box, box.dataset.tickWhen, (yes, first) => { if (!touched && !first) box.checked = yes })
  })
}

function watch (element, condition, tell) {
  const [name, wanted] = condition.split('=')
  const form = element.closest('form') ?? document
  const check = first => {
    const controls = [...form.querySelectorAll(`[name="${CSS.escape(name)}"]`)]
    const values = controls.filter(each => !['radio', 'checkbox'].includes(each.type) || each.checked).map(each => each.value)
    tell(values.some(value => wanted === undefined ? value !== '' : wanted.split(',').includes(value)), first)
  }
  form.addEventListener('change', event => { if (event.target.name === name) check(false) })
  check(true)
}
