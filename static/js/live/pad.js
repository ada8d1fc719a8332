// The pad: a digit that is drawn with the mouse, a finger or the keyboard.

import { SIDE, stroke } from "./brush.js"
import { paint } from "./canvas.js"
import { words } from "./words.js"

const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }
const SVG = "http://www.w3.org/2000/svg"

export class Pad {
  // `drawn(pixels, { begins })` is called on every change, `covered(place, { begins })` when the patch is moved;
  // `says(sentence)` announces what the keys do.
  constructor(element, { drawn, covered, says }) {
    this.element = element
    this.drawn = drawn
    this.covered = covered
    this.size = Number(element.dataset.patch)
    this.patch = null // where it lies
    this.says = says
    this.pixels = new Array(SIDE * SIDE).fill(0)
    this.tool = "pen"
    this.cell = [14, 14]
    this.isDown = false // the pen, by key
    this.last = null // where the pointer was, while it draws
    this.begins = true
    this.dress()
    this.listen()
  }

  dress() {
    const { element } = this
    this.canvas = document.createElement("canvas")
    this.marks = document.createElementNS(SVG, "svg")
    this.marks.setAttribute("class", "marks")
    this.marks.setAttribute("viewBox", `0 0 ${SIDE} ${SIDE}`)
    this.marks.setAttribute("aria-hidden", "true")
    this.marks.innerHTML = '<path class="veil" fill-rule="evenodd"/><rect class="sight"/><rect class="patch" hidden/><rect class="cursor" width="1" height="1"/>'
    this.invitation = document.createElement("p")
    this.invitation.className = "invitation"
    this.invitation.textContent = words.draw
    element.append(this.canvas, this.marks, this.invitation)
    element.classList.add("alive")
    element.setAttribute("role", "application")
    element.tabIndex = 0
    this.placeCursor()
    this.see(null)
  }

  listen() {
    const { element } = this
    element.addEventListener("pointerdown", (event) => this.press(event))
    element.addEventListener("pointermove", (event) => this.drag(event))
    for (const end of ["pointerup", "pointercancel"]) element.addEventListener(end, () => (this.last = null))
    element.addEventListener("contextmenu", (event) => event.preventDefault())
    element.addEventListener("keydown", (event) => this.key(event))
    element.addEventListener("blur", () => (this.isDown = false))
  }

  // The cells that the networks see; not while one draws, as the drawing is ahead of its answer.
  show(pixels) {
    if (this.last && !this.covers) return
    this.pixels = [...pixels]
    this.draw()
  }

  draw() {
    const isEmpty = this.pixels.every((shade) => shade === 0)
    this.element.querySelector(":scope > svg:not(.marks)")?.remove()
    this.invitation.hidden = !isEmpty
    paint(this.canvas, this.pixels, 0, SIDE, SIDE, 255)
  }

  press(event) {
    if (event.button > 2) return
    this.element.setPointerCapture(event.pointerId)
    this.begins = true
    this.erases = this.tool === "eraser" || event.button === 2
    this.last = this.point(event)
    if (this.covers) this.layPatch(this.under(this.last))
    else this.lay(this.last, this.last, this.erases)
  }

  drag(event) {
    if (!this.last) return
    if (this.covers) return this.layPatch(this.under(this.point(event)))
    const moves = event.getCoalescedEvents?.() ?? []
    for (const each of moves.length ? moves : [event]) {
      const point = this.point(each)
      this.lay(this.last, point, this.erases)
      this.last = point
    }
  }

  point({ clientX, clientY }) {
    const { left, top, width, height } = this.element.getBoundingClientRect()
    return { x: ((clientX - left) / width) * SIDE, y: ((clientY - top) / height) * SIDE }
  }

  get covers() {
    return this.tool === "cover"
  }

  // Where the patch lies with this point in its middle.
  under({ x, y }) {
    return [y, x].map((place) => Math.min(SIDE - this.size, Math.max(0, Math.floor(place - this.size / 2 + 0.5))))
  }

  layPatch(place) {
    if (this.patch && place.every((at, axis) => at === this.patch[axis])) return
    this.showPatch(place)
    this.covered(place, { begins: this.begins })
    this.begins = false
  }

  // The patch as the answer has it, or as the hand has moved it; with a patch on the paper, it is what one moves.
  showPatch(place) {
    if (!place !== !this.patch) this.take(place ? "cover" : "pen")
    this.patch = place
    const mark = this.marks.querySelector(".patch")
    mark.toggleAttribute("hidden", !place)
    const [row, col] = place ?? [0, 0]
    for (const [name, value] of Object.entries({ x: col, y: row, width: this.size, height: this.size })) mark.setAttribute(name, value)
  }

  // The patch that lies beside the pad is dragged onto it; a click alone lays it in the middle, as its link says.
  lendPatch(source) {
    let isHeld = false
    source.draggable = false
    source.addEventListener("pointerdown", (event) => {
      isHeld = this.begins = !this.patch && !event.button
      if (isHeld) source.setPointerCapture(event.pointerId)
    })
    source.addEventListener("pointermove", (event) => isHeld && this.isOver(event) && this.layPatch(this.under(this.point(event))))
    source.addEventListener("click", (event) => {
      if (isHeld && this.patch) {
        event.preventDefault()
        event.stopPropagation()
      }
      isHeld = false
    })
  }

  isOver({ clientX, clientY }) {
    const { left, top, right, bottom } = this.element.getBoundingClientRect()
    return left <= clientX && clientX <= right && top <= clientY && clientY <= bottom
  }

  take(tool) {
    this.tool = tool
    this.element.classList.toggle("covers", this.covers)
  }

  lay(from, to, erases) {
    if (!stroke(this.pixels, from, to, erases)) return
    this.draw()
    this.drawn(this.pixels, { begins: this.begins })
    this.begins = false
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const step = STEPS[event.key]
    if (step && this.covers) return this.walkPatch(step, event)
    if (step) this.walk(step)
    else if (event.key === " " || event.key === "Enter") this.toggle()
    else if (event.key === "Backspace" || event.key === "Delete") this.dot(true)
    else if (event.key === "Escape") this.isDown = false
    else return
    event.preventDefault()
    this.placeCursor()
    this.says(words.cursor(this.cell, this.isDown))
  }

  walk([down, right]) {
    const from = middle(this.cell)
    this.cell = [clamp(this.cell[0] + down), clamp(this.cell[1] + right)]
    if (this.isDown) this.lay(from, middle(this.cell), this.tool === "eraser")
  }

  walkPatch(step, event) {
    event.preventDefault()
    this.begins = true
    this.layPatch(this.patch.map((place, axis) => Math.min(SIDE - this.size, Math.max(0, place + step[axis]))))
    this.says(words.covers(this.patch))
  }

  toggle() {
    this.isDown = !this.isDown
    this.begins = true
    if (this.isDown) this.dot(this.tool === "eraser")
  }

  dot(erases) {
    this.lay(middle(this.cell), middle(this.cell), erases)
  }

  placeCursor() {
    const cursor = this.marks.querySelector(".cursor")
    cursor.setAttribute("y", this.cell[0])
    cursor.setAttribute("x", this.cell[1])
  }

  // Outlines what a unit sees of the digit: a square of `size` cells from (row, col); null for nothing.
  see(square) {
    const sight = this.marks.querySelector(".sight")
    const veil = this.marks.querySelector(".veil")
    for (const mark of [sight, veil]) mark.toggleAttribute("hidden", !square)
    if (!square) return
    const [top, left] = [Math.max(0, square.row), Math.max(0, square.col)]
    const [bottom, right] = [Math.min(SIDE, square.row + square.size), Math.min(SIDE, square.col + square.size)]
    veil.setAttribute("d", `M0 0H${SIDE}V${SIDE}H0ZM${left} ${top}H${right}V${bottom}H${left}Z`)
    const [inset, thick] = [0.225, 0.45] // so that the outline lies within the pad
    for (const [name, value] of Object.entries({ x: left + inset, y: top + inset, width: right - left - thick, height: bottom - top - thick }))
      sight.setAttribute(name, value)
  }
}

const middle = ([row, col]) => ({ y: row + 0.5, x: col + 0.5 })
const clamp = (place) => Math.min(SIDE - 1, Math.max(0, place))
