// The drawing of a stage: sheets in their places, in a wide box and in a tall one. It is one picture that grows and
// shrinks with its box, so where things lie is known in its own units and nothing is measured on the screen.

const LEAST = 8 // pixels of the smallest number or word that is shown
const MOST_TALL = 1.2 // the width of a tall box, as a share of its height
const LINE = 14 // units that a line of words has: where letters are larger, shapes are left out
const READABLE = 10 // … and of the smallest title
const ROOMY = 16 // pixels of a cell in which most numbers can be read

export class Drawing {
  constructor(svg) {
    this.svg = svg
    this.sheets = [...svg.querySelectorAll(".sheet")].map((group) => new Sheet(group))
    this.links = svg.querySelector(".links")
    this.filter = this.sheets.find(({ filter, isAway }) => filter !== undefined && !isAway)?.filter
    this.front = {} // for each layout, the channel that has changed places with the large one
  }

  // Takes the layout in which cells come out larger, or where they do for numbers, the one that has space for its words;
  // `planes` learn what can be read.
  fit(planes) {
    const { width, height } = this.svg.getBoundingClientRect()
    if (!width) return
    const cells = this.svg.dataset.cells.split(" ").map(Number)
    const [wide, tall] = ["wide", "tall"].map((name, i) => {
      const [, , across, down] = this.svg.dataset[name].split(" ").map(Number)
      const scale = Math.min(width / across, height / down)
      return { name, scale, cell: scale * cells[i], isCrowded: READABLE / scale > LINE }
    })
    const isTall = tall.cell > wide.cell || (tall.cell > ROOMY && wide.isCrowded && !tall.isCrowded)
    const { name, scale, isCrowded } = width < MOST_TALL * height && isTall ? tall : wide
    this.layout = name
    this.svg.setAttribute("viewBox", this.svg.dataset[name])
    this.svg.style.setProperty("--least", `${READABLE / scale}px`)
    this.svg.classList.toggle("small", isCrowded)
    this.place()
    for (const plane of planes.values()) plane.fit(scale, LEAST)
  }

  place() {
    this.state = {} // another one, whenever something has moved
    for (const sheet of this.sheets) sheet.place(this.spotOf(sheet), sheet.filter === undefined || sheet.filter === this.filter)
  }

  // Of several filters one is seen.
  show(filter) {
    if (filter === this.filter || !this.sheets.some((sheet) => sheet.filter === filter)) return false
    this.filter = filter
    this.place()
    return true
  }

  // Of several channels one may be large: it changes places with the one that is asked for.
  bring(channel) {
    const { layout, large } = this
    if (large === undefined || (this.front[layout] ?? large) === channel || !this.sheets.some((sheet) => sheet.channel === channel)) return false
    this.front[layout] = channel
    this.place()
    return true
  }

  // The channel that this layout draws large; none, where all are.
  get large() {
    const products = this.sheets.filter(({ role, channel }) => role === "p" && channel !== undefined)
    const seen = products.filter((sheet) => sheet[this.layout])
    return seen.length && seen.length < products.length ? seen[0].channel : undefined
  }

  spotOf(sheet) {
    const [name, { large }] = [this.layout, this]
    const front = this.front[name] ?? large
    if (front === large || ![front, large].includes(sheet.channel)) return sheet[name]
    const other = sheet.channel === large ? front : large
    return this.sheets.find((each) => each.channel === other && each.role === sheet.role && each[name])?.[name]
  }
}

// A plane with its words, at the place that a layout gives it.
class Sheet {
  constructor(group) {
    this.group = group
    this.plane = group.querySelector("[data-plane]")
    this.role = this.plane.dataset.plane[0]
    for (const name of ["wide", "tall"]) this[name] = group.dataset[name]?.split(" ")
    for (const name of ["channel", "filter"]) if (group.dataset[name] !== undefined) this[name] = Number(group.dataset[name])
  }

  get isAway() {
    return this.group.classList.contains("away")
  }

  place(spot, isChosen) {
    this.group.classList.toggle("away", !spot || !isChosen)
    if (!spot) return
    const [x, y, scale, words] = spot
    this.group.setAttribute("transform", `translate(${x} ${y})`)
    this.plane.setAttribute("transform", `scale(${scale})`)
    this.group.classList.toggle("bare", words === "bare")
  }
}
