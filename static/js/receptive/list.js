// The list of layers: dragged by their grips with a mouse or a finger, moved with the arrow keys, put in from the palette.
//
// The last layer is on top, as in the picture. Every change is passed on as the text of a new stack: `change(texts)`.

const FAR = 6 // points that a pointer moves before it drags

export class List {
  constructor(root, change) {
    this.root = root
    this.change = change
    this.dragged = null
    root.addEventListener("pointerdown", (event) => this.down(event))
    addEventListener("pointermove", (event) => this.dragged && this.move(event))
    addEventListener("pointerup", (event) => this.dragged && this.up(event))
    addEventListener("pointercancel", () => this.dragged && this.let_go())
    addEventListener("keydown", (event) => event.key === "Escape" && this.dragged && this.let_go())
    root.addEventListener("keydown", (event) => this.key(event))
    root.addEventListener("click", (event) => this.ignored && (event.preventDefault(), event.stopPropagation(), (this.ignored = false)), { capture: true })
    root.addEventListener("dragstart", (event) => event.target.closest("[data-adds]") && event.preventDefault())
  }

  get list() {
    return this.root.querySelector("[data-list]")
  }

  get entries() {
    return [...this.list.querySelectorAll("[data-layer]")]
  }

  down(event) {
    this.ignored = false
    const entry = event.target.closest("[data-grip]")?.closest("[data-layer]")
    const chip = event.pointerType !== "touch" && event.target.closest("[data-adds]")
    if (event.button !== 0 || (!entry && !chip)) return
    this.dragged = { entry, chip, x: event.clientX, y: event.clientY, lifted: null }
    if (entry) event.preventDefault()
    if (entry) entry.querySelector("[data-grip]").focus()
  }

  move(event) {
    const { entry, x, y } = this.dragged
    if (!this.dragged.lifted && Math.hypot(event.clientX - x, event.clientY - y) < FAR) return
    if (!this.dragged.lifted) this.lift()
    event.preventDefault()
    this.place(event)
    if (entry) this.make_room()
  }

  // What is dragged: the entry itself, or a likeness of the chip and a gap in the list.
  lift() {
    const { entry, chip } = this.dragged
    this.list.classList.add("dragging")
    if (entry) {
      this.dragged.lifted = entry
      this.dragged.boxes = this.entries.map((other) => other.getBoundingClientRect())
      this.dragged.from = this.dragged.to = this.entries.indexOf(entry)
    } else {
      const likeness = document.createElement("span")
      likeness.className = "chip lifted"
      likeness.textContent = chip.textContent
      document.body.append(likeness)
      this.dragged.lifted = likeness
    }
    this.dragged.lifted.classList.add("lifted")
  }

  place({ clientX, clientY }) {
    const { entry, lifted, y, boxes, from } = this.dragged
    if (!entry) {
      lifted.style.transform = `translate(${clientX + 8}px, ${clientY - 14}px)`
      return this.open_gap(clientX, clientY)
    }
    lifted.style.transform = `translateY(${clientY - y}px)`
    const middle = (boxes[from].top + boxes[from].bottom) / 2 + clientY - y
    this.dragged.to = boxes.filter((box, index) => index !== from && (box.top + box.bottom) / 2 < middle).length
  }

  // The others step aside.
  make_room() {
    const { from, to, boxes } = this.dragged
    const high = boxes[from].height + 6
    this.entries.forEach((other, index) => {
      if (index === from) return
      const by = index > from && index <= to ? -high : index < from && index >= to ? high : 0
      other.style.transform = by ? `translateY(${by}px)` : ""
    })
  }

  open_gap(x, y) {
    const frame = this.list.getBoundingClientRect()
    const isInside = x > frame.left - 20 && x < frame.right + 20 && y > frame.top - 20 && y < frame.bottom
    this.dragged.gap ??= Object.assign(document.createElement("li"), { className: "entry gap" })
    if (!isInside) return this.dragged.gap.remove()
    const below = this.entries.find((entry) => y < entry.getBoundingClientRect().top + entry.offsetHeight / 2)
    const next = below ?? this.list.querySelector(".floor")
    if (this.dragged.gap.nextElementSibling !== next) next.before(this.dragged.gap)
  }

  up() {
    const { entry, chip, from, to, gap, lifted } = this.dragged
    const texts = this.entries.map((other) => other.dataset.layer)
    const place = gap?.isConnected ? this.entries.filter((other) => gap.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_PRECEDING).length : -1
    this.ignored = Boolean(lifted)
    this.let_go()
    if (!lifted) return
    if (entry && from !== to) this.dispatch(move(texts, from, to), texts.length - to)
    if (chip && place >= 0) this.dispatch(texts.toSpliced(place, 0, chip.dataset.adds))
  }

  let_go() {
    const { entry, lifted, gap } = this.dragged
    this.dragged = null
    this.list.classList.remove("dragging")
    gap?.remove()
    if (!lifted) return
    if (entry) lifted.classList.remove("lifted")
    else lifted.remove()
    for (const other of this.entries) other.style.transform = ""
  }

  key(event) {
    const entry = event.target.closest("[data-grip]")?.closest("[data-layer]")
    if (!entry) return
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key]
    const texts = this.entries.map((other) => other.dataset.layer)
    const from = this.entries.indexOf(entry)
    if (event.key === "Delete" || event.key === "Backspace") {
      event.preventDefault()
      if (texts.length > 1) this.dispatch(texts.toSpliced(from, 1), Math.max(texts.length - from - 1, 1))
    } else if (by) {
      event.preventDefault()
      const to = from + by
      if (to >= 0 && to < texts.length) this.dispatch(move(texts, from, to), texts.length - to)
    }
  }

  // The stack in the order of its work, and which layer keeps the focus.
  dispatch(texts, focus) {
    this.change(texts.toReversed(), focus)
  }
}

export function move(texts, from, to) {
  const others = texts.toSpliced(from, 1)
  return others.toSpliced(to, 0, texts[from])
}
