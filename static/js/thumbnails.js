// The gallery's small pictures: while one is pointed at or focused, its window walks over the input.

const CELL = 40
const STEP_MILLISECONDS = 160

class Walk {
  constructor(picture) {
    const numbers = (name) => picture.dataset[name].split(",").map(Number)
    this.strides = numbers("strides")
    this.outputs = numbers("outputs")
    this.startStep = Number(picture.dataset.rest)
    const [input, output] = picture.querySelectorAll(".overlay")
    this.overlays = [
      [input, this.strides],
      [output, [1, 1]],
    ]
    this.step = this.startStep
  }

  start() {
    this.timer ??= setInterval(() => this.show((this.step + 1) % (this.outputs[0] * this.outputs[1])), STEP_MILLISECONDS)
  }

  stop() {
    clearInterval(this.timer)
    this.timer = undefined
    this.show(this.startStep)
  }

  show(step) {
    this.step = step
    const [row, col] = this.place(step)
    const [startRow, startCol] = this.place(this.startStep)
    for (const [overlay, [down, right]] of this.overlays) {
      overlay.style.transform = `translate(${(col - startCol) * right * CELL}px, ${(row - startRow) * down * CELL}px)`
    }
  }

  place(step) {
    return [Math.floor(step / this.outputs[1]), step % this.outputs[1]]
  }
}

if (!matchMedia("(prefers-reduced-motion: reduce)").matches) {
  for (const card of document.querySelectorAll(".thumb:has([data-strides])")) {
    const walk = new Walk(card.querySelector(".picture"))
    for (const name of ["pointerenter", "focus"]) card.addEventListener(name, () => walk.start())
    for (const name of ["pointerleave", "blur"]) card.addEventListener(name, () => walk.stop())
  }
}
