// One playhead over two stages, one after the other: first the windows of the way there, then the stamps of the way back.

import { Clock } from "../clock.js"
import { Player } from "../player.js"

// Where both halves are at step `step` of the whole way: what is not reached yet stands before its first step.
export function moments(step, phase, first) {
  const there = step < first ? { step, phase } : { step: first - 1, phase: 1 }
  const back = step < first ? { step: 0, phase: 0 } : { step: step - first, phase }
  return [there, back]
}

class Journey {
  constructor(root) {
    this.root = root
    this.bar = root.querySelector("[data-common]")
    this.stages = [...root.querySelectorAll("conv-stage")]
    this.player = new Player({ clock: new Clock(), change: () => this.follow() })
  }

  // The common playhead takes over once both stages know their steps.
  async start() {
    while (!this.stages.every((stage) => stage.steps)) await new Promise((next) => requestAnimationFrame(next))
    const [there, back] = this.stages.map((stage) => stage.player.steps)
    this.first = there
    this.player.resize(there + back)
    this.player.place(this.player.last, 1)
    this.root.classList.add("together")
    this.bar.hidden = false
    for (const stage of this.stages) stage.arrange()
    this.listen()
    this.follow()
  }

  listen() {
    addEventListener("keydown", (event) => this.key(event), { capture: true })
    this.bar.addEventListener("click", ({ target }) => this.act(target.closest("[data-common-do]")?.dataset.commonDo))
    this.bar.querySelector("[data-common-scrubber]").addEventListener("input", ({ target }) => this.player.seek(Number(target.value)))
    this.stages.forEach((stage, i) => stage.addEventListener("click", ({ target }) => target.closest("svg.plane") && this.take(stage, i)))
  }

  act(what) {
    const { player } = this
    const acts = {
      first: () => player.seek(0),
      back: () => player.by(-1),
      forward: () => player.by(1),
      last: () => player.seek(player.last),
      play: () => (player.playing ? player.pause() : player.play()),
      speed: () => player.faster(),
    }
    acts[what]?.()
  }

  // The keys of the player belong to both stages; inside a grid the arrows walk its cells.
  key(event) {
    const { target, key, altKey, ctrlKey, metaKey } = event
    if (altKey || ctrlKey || metaKey || target.closest?.("dialog, button, a, input:not([type=range]), summary")) return
    if (target.matches?.("[type=range]") && key !== " ") return // the scrubber has its own arrows
    if (target.closest?.("svg.plane") && key.startsWith("Arrow")) return
    const what = { " ": "play", ArrowRight: "forward", ArrowLeft: "back", PageDown: "forward", PageUp: "back", Home: "first", End: "last" }[key]
    if (!what) return
    event.preventDefault()
    event.stopPropagation()
    this.act(what)
  }

  // A click on a cell leads its stage to a step: the other one follows.
  take(stage, which) {
    this.player.seek(stage.player.step + (which ? this.first : 0))
  }

  follow() {
    const { step, phase, playing, speed } = this.player
    moments(step, phase, this.first).forEach((moment, i) => {
      const { player } = this.stages[i]
      this.stages[i].touch()
      player.playing = playing && this.half === i
      player.speed = speed
      player.place(moment.step, moment.phase)
      this.stages[i].moved()
    })
    this.show()
  }

  get half() {
    return this.player.step < this.first ? 0 : 1
  }

  show() {
    const { player } = this
    const find = (name) => this.bar.querySelector(name)
    const scrubber = find("[data-common-scrubber]")
    scrubber.max = player.last
    scrubber.value = player.step
    scrubber.style.setProperty("--told", `${(100 * player.step) / Math.max(player.last, 1)}%`)
    const step = player.step - (this.half ? this.first : 0)
    find("[data-common-position]").textContent = `${["there", "and back"][this.half]}: ${step + 1} of ${this.stages[this.half].player.steps}`
    find("[data-common-speed]").textContent = `${player.speed}×`
    find("[data-common-word]").textContent = player.playing ? "Pause" : "Play"
    find("[data-common-do=play]").classList.toggle("playing", player.playing)
    this.root.querySelector("[data-side=back]").classList.toggle("not-yet", this.half === 0)
  }
}

const root = globalThis.document?.querySelector(".there")
if (root) new Journey(root).start()
