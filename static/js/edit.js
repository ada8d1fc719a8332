// A value typed or pasted becomes text of the address's grammar.

const NUMBER = /^[-+−]?(\d+\/\d+|(\d+\.?\d*|\.\d+)(e[-+]?\d+)?)$/i

// Numbers copied from NumPy, PyTorch, a spreadsheet or a text → the grammar of an address; null where there are none.
// Two tabs or commas in a row leave a cell out, and then the rest must not move up.
export function pastedGrid(text) {
  const brackets = text.slice(text.indexOf("["), text.lastIndexOf("]") + 1)
  if (text.includes("[") && brackets) return fromBrackets(brackets)
  const rows = text.trim().split(/[\r\n;]+/).map((line) => line.trim().split(/ *[\t,] *| +/))
  const numeric = rows.every((row) => row.every((value) => NUMBER.test(value)))
  return numeric ? rows.map((row) => row.map(plain).join(",")).join(";") : null
}

// `[[1 2] [3 4]]` and `array([[1., 2.], [3., 4.]])` alike.
function fromBrackets(text) {
  const json = text
    .replace(/(\d)\.(?=[\s,\]e])/gi, "$1")
    .replace(/([\d\]])\s+(?=[-\d[])/g, "$1,")
    .replace(/\s/g, "")
  try {
    const values = JSON.parse(json)
    const numbers = values.flat(Infinity)
    return numbers.length && numbers.every(Number.isFinite) ? JSON.stringify(values) : null
  } catch {
    return null
  }
}

// What fields and sentences are laid over: the content, unless that is scaled to a frame and has units of its own.
export const surface = () => document.querySelector("main.fitted")?.parentNode ?? document.getElementById("content")

const plain = (value) => value.replace("−", "-").replace(/^\+/, "")

// The small field over a cell. Enter keeps what was typed, Escape forgets it, Tab keeps it and moves on.
// It lies outside the scene, so that an answer to the last edit does not take the next one away.
export class CellField {
  constructor({ keep }) {
    this.keep = keep
    this.field = null
  }

  // Closes unless its plane is still there, and as large as it was.
  stayOn(planes) {
    const before = this.place?.plane
    const now = planes.get(before?.id)
    if (now?.rows === before?.rows && now?.cols === before?.cols) return
    this.close()
  }

  // `text` is what the cell holds; `typed` what has been typed already, to go on from.
  open({ plane, cell, text, typed, label }) {
    this.close()
    const box = plane.screenBox(cell)
    const field = document.createElement("input")
    Object.assign(field, { className: "cell-field", value: typed ?? text, autocomplete: "off", inputMode: "decimal" })
    field.setAttribute("aria-label", label)
    const width = Math.max(box.right - box.left, 52)
    field.style.width = `${width}px`
    field.style.height = `${Math.max(box.bottom - box.top, 30)}px`
    field.style.left = `${(box.left + box.right - width) / 2 + scrollX}px`
    field.style.top = `${(box.top + box.bottom) / 2 - Math.max(box.bottom - box.top, 30) / 2 + scrollY}px`
    field.addEventListener("keydown", (event) => this.key(event, plane))
    field.addEventListener("blur", () => this.finish())
    this.field = field
    this.before = text
    this.place = { plane, cell }
    surface().append(field)
    field.focus()
    if (typed === null) field.select()
  }

  key(event, plane) {
    event.stopPropagation()
    if (event.key === "Enter" || event.key === "Tab") this.finish()
    else if (event.key === "Escape") this.close()
    else return
    plane.svg.focus()
    if (event.key !== "Tab") event.preventDefault() // Tab moves on, from the plane
  }

  finish() {
    const { field, place, before } = this
    if (!field) return
    const text = field.value.trim().replace("−", "-")
    this.close()
    if (text && text !== before) this.keep(place, text)
  }

  close() {
    const field = this.field
    this.field = null
    field?.remove()
  }
}
