// The kernel: a field for each weight, to type into or to drag.

import { MINUS, short } from "../format.js"
import { sizeName } from "./magnifier.js"
import { words } from "./words.js"

const FAR = 4 // pixels after which a press is a drag
const NOTCH = 9 // pixels for one step of a weight

export class Kernel {
  // `changed(text, isDrag)` gets the kernel as an address writes it; the last time of a drag is none.
  constructor(table, changed) {
    this.table = table
    this.changed = changed
    this.weights = []
    this.isDragged = false
    table.addEventListener("change", ({ target }) => this.typed(target))
    table.addEventListener("keydown", (event) => this.key(event))
    table.addEventListener("pointerdown", (event) => this.press(event))
  }

  show(weights) {
    if (this.isDragged) return
    const isSame = weights.length === this.weights.length && weights[0].length === this.weights[0].length
    this.weights = weights.map((row) => [...row])
    if (!isSame) this.build()
    for (const field of this.table.querySelectorAll("input")) this.write(field)
  }

  build() {
    const size = Math.max(this.weights.length, this.weights[0].length)
    this.table.className = `numbers ${sizeName(size)}`
    this.table.replaceChildren(...this.weights.map((row, r) => {
      const line = document.createElement("tr")
      line.append(...row.map((_, c) => {
        const field = Object.assign(document.createElement("input"), { inputMode: "text", autocomplete: "off", spellcheck: false })
        Object.assign(field.dataset, { row: r, col: c })
        field.setAttribute("aria-label", words.weight(r, c))
        const cell = document.createElement("td")
        cell.append(field)
        return cell
      }))
      return line
    }))
  }

  at({ dataset: { row, col } }) {
    return [Number(row), Number(col)]
  }

  write(field) {
    const [row, col] = this.at(field)
    const value = this.weights[row][col]
    if (document.activeElement !== field || this.isDragged) field.value = short(value)
    field.title = String(value)
    field.parentNode.classList.toggle("negative", value < 0)
  }

  typed(field) {
    const value = Number(field.value.replaceAll(MINUS, "-").replace(",", "."))
    if (field.value.trim() && Number.isFinite(value)) this.set(field, value, false)
    field.value = short(this.weights[this.at(field)[0]][this.at(field)[1]])
  }

  set(field, value, isDrag) {
    const [row, col] = this.at(field)
    if (value === this.weights[row][col] && isDrag) return
    this.weights[row][col] = value
    this.write(field)
    this.changed(this.text, isDrag)
  }

  get text() {
    return this.weights.map((row) => row.join(",")).join(";")
  }

  // Whole weights change by ones, others by tenths.
  get step() {
    return this.weights.flat().every(Number.isInteger) ? 1 : 0.1
  }

  key(event) {
    const step = { ArrowUp: 1, ArrowDown: -1 }[event.key]
    if (event.key === "Enter") event.target.blur()
    if (!step) return
    event.preventDefault()
    const [row, col] = this.at(event.target)
    this.set(event.target, rounded(this.weights[row][col] + step * this.step), false)
    event.target.value = short(this.weights[row][col])
  }

  press(event) {
    const field = event.target.closest("input")
    if (!field || event.button) return
    const [row, col] = this.at(field)
    const start = this.weights[row][col]
    const { step } = this
    const move = ({ clientX, clientY }) => {
      const far = clientX - event.clientX - (clientY - event.clientY)
      if (!this.isDragged && Math.abs(far) < FAR) return
      this.isDragged = true
      field.blur()
      this.set(field, rounded(start + Math.round(far / NOTCH) * step), true)
    }
    const end = () => {
      field.removeEventListener("pointermove", move)
      if (this.isDragged) this.changed(this.text, false)
      this.isDragged = false
    }
    field.setPointerCapture(event.pointerId)
    field.addEventListener("pointermove", move)
    for (const name of ["pointerup", "pointercancel"]) field.addEventListener(name, end, { once: true })
  }
}

const rounded = (value) => Math.round(value * 1000) / 1000
