// <conv-board src="/laws.json?…" step="3"> brings a board to life: it plays its moments, and asks for the numbers of an edit.
//
// Attributes in: src, step, open (the link names the step). The form #panel has the fields; what is changed there is
// asked for in place where the grids keep their sizes.

import { setText } from "../format.js"
import { visit } from "../frame/address.js"
import { Played } from "../played.js"
import { Tempo } from "../tempo.js"
import { Board } from "./board.js"
import { Fields } from "./fields.js"
import { Hands } from "./hands.js"
import { words } from "./words.js"

export class ConvBoard extends Played {
  connectedCallback() {
    const signal = this.connect({
      position: () => words.position(this.player.step, this.player.steps),
      toggle: () => this.player.toggle({ from: this.isWhole ? 0 : null }),
    })
    this.board = new Board(this)
    this.pointed = null // the moment that is pointed at
    this.isWhole = !this.hasAttribute("open")
    this.fields = new Fields(document.getElementById("panel"), { arrived: (data) => this.take(data), refused: (sentence) => this.refuse(sentence), signal })
    this.hands = new Hands(this, signal)
    this.sizes = new ResizeObserver(() => this.arrange())
    this.sizes.observe(this)
    this.sizes.observe(this.board.drawing.svg) // what is said under it takes from its space
    this.load()
  }

  disconnectedCallback() {
    super.disconnectedCallback()
    this.sizes.disconnect()
  }

  async load() {
    try {
      this.begin(await this.fields.read(this.getAttribute("src")))
    } catch (error) {
      this.refuse(words.failed(error.message))
    }
  }

  begin(data) {
    this.take(data)
    this.player.place(Number(this.getAttribute("step")), 1)
    this.classList.add("alive")
    this.render()
  }

  // The numbers of another edit; grids of other sizes are another page.
  take(data) {
    if (!this.board.fits(data.board.planes)) return visit(data.address)
    this.data = data.board
    this.refuse("")
    this.player.resize(this.data.moments.length)
    this.player.timed = new Tempo(this.data.times.map((each, start) => ({ start, gear: "product", each })))
    for (const part of document.querySelectorAll("[data-said]")) setText(part, data.said[part.dataset.said] ?? part.textContent)
    this.board.take(this.data)
    for (const plane of this.board.planes.values()) plane.svg.toggleAttribute("data-edited", this.fields.has(plane.grid))
    this.render()
  }

  moved() {
    this.isWhole = false
    this.pointed = null
    this.render()
    if (!this.player.playing) setText(this.querySelector("[data-announce]"), this.board.spoken)
  }

  arrange() {
    this.board.measure()
    this.render()
  }

  render() {
    if (!this.data) return
    const { moments } = this.data
    const { step, phase } = this.player
    this.transport.show()
    const moment = this.pointed ?? moments[step]
    const previous = this.pointed || step === 0 ? null : moments[step - 1]
    this.board.show(moment, { previous, phase: this.pointed ? 1 : phase, isWhole: this.isWhole || this.pointed !== null })
  }

  // A cell of a result shows its moment, without moving the playhead.
  point(id, cell) {
    if (!this.data || this.player.playing) return
    const found = this.momentOf(id, cell)
    if (found === this.pointed) return
    this.pointed = found
    this.render()
  }

  momentOf(id, cell) {
    return this.data.moments.find(({ shown, lit }) => id in shown && lit[id]?.includes(cell)) ?? null
  }

  choose(id, cell) {
    const found = this.data?.moments.indexOf(this.momentOf(id, cell)) ?? -1
    if (found >= 0) this.player.seek(found)
  }

  refuse(sentence) {
    setText(this.querySelector("[data-refused]"), sentence)
  }
}

customElements.define("conv-board", ConvBoard)
