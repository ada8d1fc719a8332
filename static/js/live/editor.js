// The weights of one filter as cells to type into: one channel at a time, as five by five numbers.

import { words } from "./words.js"

const STEP = 0.1
const SIDE = 5

export class Editor {
  // `changed(weights)` is called with all numbers of the filter, as an address writes them.
  constructor(form, { changed }) {
    this.form = form
    this.changed = changed
    this.channel = 0
    this.read(form)
    form.querySelector(".typed").hidden = true
    this.cells = this.makeCells()
    this.tabs = this.makeTabs()
    form.addEventListener("change", ({ target }) => this.change(target))
    form.addEventListener("keydown", (event) => this.key(event))
    form.addEventListener("submit", (event) => event.preventDefault())
    this.show()
  }

  get name() {
    return this.form.dataset.editor
  }

  read(form) {
    this.weights = JSON.parse(form.dataset.values).map((rows) => rows.flat())
  }

  // The server's answer to an edit: its numbers, while the reader's hand stays where it is.
  update(form) {
    this.read(form)
    this.show()
  }

  makeCells() {
    const grid = Object.assign(document.createElement("div"), { className: "weights" })
    grid.append(...Array.from({ length: SIDE * SIDE }, (_, cell) => {
      const input = Object.assign(document.createElement("input"), { inputMode: "decimal", autocomplete: "off" })
      input.setAttribute("aria-label", words.weight(Math.floor(cell / SIDE), cell % SIDE))
      return input
    }))
    this.form.querySelector(".typed").after(grid)
    return [...grid.children]
  }

  makeTabs() {
    if (this.weights.length === 1) return []
    const bar = Object.assign(document.createElement("div"), { className: "slices" })
    bar.append(...this.weights.map((_, channel) => {
      const tab = Object.assign(document.createElement("button"), { type: "button", textContent: channel })
      tab.setAttribute("aria-label", words.channel(channel))
      tab.addEventListener("click", () => this.turnTo(channel))
      return tab
    }))
    this.form.querySelector(".weights").before(bar)
    return [...bar.children]
  }

  turnTo(channel) {
    this.channel = channel
    this.show()
  }

  show() {
    const most = Math.max(...this.weights.flat().map(Math.abs)) || 1
    this.tabs.forEach((tab, channel) => tab.setAttribute("aria-pressed", String(channel === this.channel)))
    this.weights[this.channel].forEach((weight, cell) => {
      const input = this.cells[cell]
      if (input !== document.activeElement || Number(plain(input.value)) !== weight) input.value = rounded(weight)
      input.style.setProperty("--share", Math.abs(weight) / most)
      input.classList.toggle("minus", weight < 0)
      input.removeAttribute("aria-invalid")
    })
  }

  change(input) {
    const cell = this.cells.indexOf(input)
    if (cell < 0) return
    const text = plain(input.value)
    const value = Number(text)
    if (!text || !Number.isFinite(value)) return input.setAttribute("aria-invalid", "true")
    this.set(cell, value)
  }

  set(cell, value) {
    this.weights[this.channel][cell] = value
    this.show()
    this.changed(spell(this.weights))
  }

  // Up and down change a weight by a tenth; Enter applies what is typed.
  key(event) {
    const cell = this.cells.indexOf(event.target)
    if (cell < 0) return
    if (event.key === "Enter") return this.change(event.target)
    const by = { ArrowUp: STEP, ArrowDown: -STEP }[event.key]
    if (!by) return
    event.preventDefault()
    this.set(cell, Number((this.weights[this.channel][cell] + by).toFixed(6)))
    event.target.value = rounded(this.weights[this.channel][cell])
  }
}

const plain = (text) => text.trim().replace("−", "-").replace(",", ".")
const rounded = (weight) => String(Number(weight.toFixed(3))).replace("-", "−")
const spell = (weights) => weights.map((plane) => rows(plane).map((row) => row.join(",")).join(";")).join("~")
const rows = (plane) => Array.from({ length: SIDE }, (_, row) => plane.slice(row * SIDE, (row + 1) * SIDE))
