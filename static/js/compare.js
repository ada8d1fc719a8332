// One playhead over two stages: each shows the step at the same fraction of its way.

import { Clock } from "./clock.js"
import { Player } from "./player.js"

// Where a stage of `steps` steps is when the playhead has told `phase` of step `step` out of `count`.
export function moment(step, phase, count, steps) {
  const told = ((step + phase) / count) * steps
  const at = Math.min(Math.max(Math.ceil(told - 1e-9) - 1, 0), steps - 1)
  return { step: at, phase: Math.min(Math.max(told - at, 0), 1) }
}

class Pair {
  constructor(root) {
    this.root = root
    this.bar = root.querySelector("[data-common]")
    this.stages = [...root.querySelectorAll("conv-stage")]
    this.player = new Player({ clock: new Clock(), change: () => this.follow() })
    this.started = false
  }

  // The common playhead takes over once both stages know their steps.
  async start() {
    while (!this.stages.every((stage) => stage.steps)) await new Promise((next) => requestAnimationFrame(next))
    this.player.resize(Math.max(...this.stages.map((stage) => stage.player.steps)))
    this.player.place(this.reached(this.stages[0]), 1)
    this.root.classList.add("together")
    this.bar.hidden = false
    for (const stage of this.stages) stage.arrange()
    this.listen()
    this.show()
  }

  listen() {
    addEventListener("keydown", (event) => this.key(event), { capture: true })
    this.bar.addEventListener("click", ({ target }) => this.act(target.closest("[data-common-do]")?.dataset.commonDo))
    this.bar.querySelector("[data-common-scrubber]").addEventListener("input", ({ target }) => this.player.seek(Number(target.value)))
    for (const stage of this.stages) stage.addEventListener("click", ({ target }) => target.closest("svg.plane") && this.take(stage))
  }

  act(what) {
    const { player } = this
    const acts = {
      first: () => player.seek(0),
      back: () => player.by(-1),
      forward: () => player.by(1),
      last: () => player.seek(player.last),
      play: () => (player.playing ? player.pause() : player.play({ from: this.started ? null : 0 })),
      speed: () => player.faster(),
    }
    acts[what]?.()
  }

  // The keys of the player belong to both stages; inside a grid the arrows walk its cells.
  key(event) {
    const { target, key, altKey, ctrlKey, metaKey } = event
    if (altKey || ctrlKey || metaKey || target.closest?.("dialog, button, a, input, summary")) return
    if (target.closest?.("svg.plane") && key.startsWith("Arrow")) return
    const what = { " ": "play", ArrowRight: "forward", ArrowLeft: "back", PageDown: "forward", PageUp: "back", Home: "first", End: "last" }[key]
    if (!what) return
    event.preventDefault()
    event.stopPropagation()
    this.act(what)
  }

  // A click on an output leads its stage to a step: the other one follows.
  take(stage) {
    this.player.seek(this.reached(stage))
  }

  // The step of the common playhead at which a stage is where it is.
  reached({ player: { step, steps } }) {
    return Math.floor(((step + 1) * this.player.steps) / steps) - 1
  }

  follow() {
    this.started = true
    const { step, phase, steps, playing } = this.player
    for (const stage of this.stages) {
      const now = moment(step, phase, steps, stage.player.steps)
      stage.touch()
      stage.player.playing = playing
      stage.player.speed = this.player.speed
      stage.player.place(now.step, playing ? now.phase : 1) // at rest, both have told their step to its end
      stage.moved()
    }
    this.show()
  }

  show() {
    const { player } = this
    const find = (name) => this.bar.querySelector(name)
    const scrubber = find("[data-common-scrubber]")
    scrubber.max = player.last
    scrubber.value = player.step
    scrubber.style.setProperty("--told", `${(100 * player.step) / Math.max(player.last, 1)}%`)
    find("[data-common-position]").textContent = this.stages
      .map((stage, i) => `${"ab"[i]} ${stage.player.step + 1} of ${stage.player.steps}`)
      .join(" · ")
    find("[data-common-speed]").textContent = `${player.speed}×`
    find("[data-common-word]").textContent = player.playing ? "Pause" : "Play"
    find("[data-common-do=play]").classList.toggle("playing", player.playing)
  }
}

const root = globalThis.document?.querySelector(".compare")
if (root) new Pair(root).start()
