// Moves the input: by dragging its moved plane, or with Shift and an arrow on it. The server computes what comes of it.

const ARROWS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }
const movers = new WeakMap() // stage → its mover: painters come and go, a stage has one

export class Mover {
  static of(stage) {
    if (!movers.has(stage)) movers.set(stage, new Mover(stage))
    return movers.get(stage)
  }

  constructor(stage) {
    this.stage = stage
    this.drag = null // { at, from, pushed } while a button is down
    stage.addEventListener("pointerdown", (event) => this.down(event))
    stage.addEventListener("pointermove", (event) => this.move(event))
    for (const name of ["pointerup", "pointercancel"]) stage.addEventListener(name, () => (this.drag = null))
    stage.addEventListener("keydown", (event) => this.key(event))
    document.addEventListener("htmx:before:history:update", (event) => this.remember(event), { capture: true }) // before who keeps what can be undone
  }

  // The pattern of addresses, while this stage shows a shift.
  get pattern() {
    return this.stage.querySelector("[data-shifts]")?.dataset.shifts
  }

  // What the page shows; the steps of a new shift come a little later.
  get now() {
    const moves = this.stage.querySelector("[data-moves]").dataset.moves.split(",").map(Number)
    return moves.length === 1 ? [0, ...moves] : moves
  }

  planeAt({ target }) {
    const svg = target.closest?.(".plane.input")
    return this.pattern && svg?.dataset.plane.endsWith(".other") ? this.stage.painter.planes.get(svg.dataset.plane) : null
  }

  down(event) {
    const plane = this.planeAt(event)
    const isFree = event.pointerType !== "touch" || document.activeElement === plane?.svg // a finger scrolls, until the plane has the focus
    if (!plane || event.button > 0 || !isFree) return
    this.drag = { x: event.clientX, y: event.clientY, size: plane.cellSize, from: this.now, pushed: false }
  }

  move({ clientX, clientY }) {
    const { drag } = this
    if (!drag) return
    const [down, right] = [Math.round((clientY - drag.y) / drag.size), Math.round((clientX - drag.x) / drag.size)]
    this.go([drag.from[0] + down, drag.from[1] + right])
  }

  key(event) {
    const way = event.shiftKey && ARROWS[event.key]
    if (!way || !this.planeAt(event)) return
    event.preventDefault()
    event.stopPropagation()
    this.asked = null
    this.go([this.now[0] + way[0], this.now[1] + way[1]])
  }

  // A line of cells moves along only.
  go([down, right]) {
    const moves = this.stage.steps.geometry.spatial === 1 ? [right] : [down, right]
    const address = this.pattern.replace("SHIFT", moves.join(","))
    if (address === this.asked) return
    this.asked = address
    const { htmx } = globalThis
    if (htmx && document.getElementById("scene")) htmx.ajax("GET", address, { source: "#scene", target: "#scene", select: "#scene", swap: "outerMorph" })
    else location.assign(address)
  }

  // One entry of the history for a whole drag.
  remember(event) {
    if (!this.drag) return
    if (this.drag.pushed) event.detail.history.type = "replace"
    this.drag.pushed = true
  }
}
