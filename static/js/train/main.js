// The page of a run: it streams in, plays from checkpoint to checkpoint, and can be scrubbed, guessed about and opened.

import { root } from "../root.js"
import { Clock } from "../clock.js"
import { setText } from "../format.js"
import { Player } from "../player.js"
import { Transport } from "../transport.js"
import { Guess } from "./guess.js"
import { Weights } from "./weights.js"
import { Run, worst } from "./run.js"
import { RunStream } from "./stream.js"
import { View } from "./view.js"
import { Wall } from "./wall.js"
import { words } from "./words.js"

const DURATION = 8000 // milliseconds of a whole run
const isStill = matchMedia("(prefers-reduced-motion: reduce)")
const page = document.querySelector(".train")
const stage = page.querySelector("[data-train]")
const { key, steps, sample, rival, step: asked } = stage.dataset

// From checkpoint to checkpoint, in equal times: early on, where most happens, they are close together.
class Replay extends Player {
  get tempo() {
    return { at: () => ({ each: DURATION / Math.max(this.steps, 12), gear: "" }) }
  }
}

const run = new Run()
const view = new View(page)
const player = new Replay({ clock: new Clock(), change: moved })
const transport = new Transport({
  bar: () => stage.querySelector("[data-player]"),
  places: [stage],
  player,
  position: () => words.step(run.checkpoints[player.step]?.step ?? 0, steps),
  seek: (step) => go(step),
  toggle: () => toggle(),
})
const guess = new Guess(stage, { begin: () => player.play({ from: 0 }), say: hint })
const weights = new Weights(stage, view.filters, { here: () => here(), scene, say: hint, pause: () => stop() })
new Wall(stage.querySelector(".wall"), { here: () => here(), say: (sentence) => !player.playing && hint(sentence) })
let follows = true // whether the newest checkpoint is shown as it comes
let drawing = 0

const eventsOf = (key, more) => {
  const address = key.replace("/train", "/train.events")
  return more ? `${address}${address.includes("?") ? "&" : "?"}${more}` : address
}
const stream = new RunStream(eventsOf(key, sample === "7" ? "" : `sample=${sample}`), { take, lost, refused: hint })
if (!("ready" in stage.dataset)) hint(words.connecting)
stream.read().then(ready)
if (rival) readRival()

function take(name, data) {
  run.take(name, data)
  if (name === "queue") sayPlace(data)
  if (name === "checkpoint") arrived()
  if (name === "steps") drawSoon()
}

// The curves are long: they are drawn once for all that comes together.
function drawSoon() {
  drawing ||= requestAnimationFrame(() => {
    drawing = 0
    view.chart.draw("line", run.steps)
  })
}

function arrived() {
  page.classList.add("alive")
  player.resize(run.checkpoints.length)
  if (isLive() && follows && !player.playing) player.place(player.last, 1)
  if (isLive() && follows) hint(words.training(run.length, steps))
  moved()
}

// While it trains, what comes is shown at once; a run that was there already opens at its beginning.
const isLive = () => !("ready" in stage.dataset) && !run.isComplete && run.length > 0

function ready() {
  view.chart.draw("line", run.steps)
  if (run.end === null) return
  saySets()
  const wasLive = page.classList.contains("watched")
  if (asked !== undefined) player.place(run.indexOf(Number(asked)), 1)
  else if (!wasLive) player.place(isStill.matches && !("intro" in stage.dataset) ? player.last : 0, 1)
  moved()
  if ("intro" in stage.dataset) guess.ask()
  else if (player.step === player.last) conclude()
  else if (asked === undefined && !wasLive && !isStill.matches) player.play({ from: 0 })
  else sayKnown()
}

function moved() {
  if (!run.checkpoints.length) return
  transport.show()
  view.show(run, player.step, player.phase, !player.playing || isStill.matches)
  weights.moved(player.playing)
  if (isLive()) page.classList.add("watched")
  if (player.playing) return
  stage.querySelector("[data-announce]").textContent = words.known(words.percent(here().held_out), here().step)
  if (run.isComplete && player.step === player.last && guess.isOver) conclude()
}

const here = () => run.checkpoints[player.step]

function go(step) {
  follows = step >= player.last
  guess.end()
  player.seek(step)
  remember()
  if (!follows && player.step < player.last) sayKnown()
}

const sayKnown = () => hint(words.known(words.percent(here().held_out), here().step))

function toggle() {
  guess.end()
  if (player.playing) {
    follows = false
    player.pause()
    remember()
  } else if (isLive() && follows) {
    follows = false // pausing what comes
    player.seek(player.step)
  } else if (isLive() && player.step >= player.last) {
    follows = true
    moved()
  } else {
    follows = true
    player.play()
  }
}

function stop() {
  guess.end()
  if (player.playing) player.pause()
  follows = false
  remember()
}

// The scene of a filter, or of its gradient, at the step that is shown.
function scene(of, filter, weight) {
  const run = key.split("?")[1]
  const fields = [run, `step=${here().step}`, `sample=${sample}`, `filter=${filter}`, `weight=${weight}`]
  return `${root}/train/scene/${of}?${fields.filter(Boolean).join("&")}`
}

// Where one has stopped is in the address, so that a scene leads back to it.
function remember() {
  const address = new URL(location.href)
  address.searchParams.delete("step")
  const joint = address.search ? "&" : "?"
  if (here()) history.replaceState(history.state, "", `${address.pathname}${address.search}${joint}step=${here().step}`)
}

function conclude() {
  const last = run.checkpoints.at(-1)
  const pair = worst(last.table)
  const sentences = [words.ended(words.percent(last.held_out))]
  if (run.end.diverged) sentences.unshift(words.diverged(run.end.steps))
  if (last.held_out < 0.2) sentences.push(words.chance)
  else sentences.push(pair ? words.worst(pair) : words.perfect, guess.verdict(pair))
  hint(sentences.filter(Boolean).join(" "))
}

// Why three sets, with this run's numbers.
function saySets() {
  const { accuracy, held_out } = run.steps
  const recent = accuracy.slice(-view.chart.over)
  const grouped = (count) => String(count).replace(/(\d)(?=(\d{3})+$)/g, "$1\u202f")
  const numbers = {
    training: grouped(stage.dataset.digits),
    known: words.percent(recent.reduce((sum, each) => sum + each, 0) / recent.length),
    held_out: grouped(1500),
    unseen: words.percent(held_out.at(-1)),
  }
  const place = page.querySelector("[data-sets]")
  setText(place, place.dataset.template.replace(/\{(\w+)\}/g, (_, name) => numbers[name]))
}

function sayPlace({ place, nearest }) {
  const element = stage.querySelector("[data-hint]")
  hint(words.queued(place))
  element.append(Object.assign(document.createElement("a"), { href: nearest.address, textContent: nearest.title }))
}

function lost(isLost) {
  const wasLost = stage.classList.contains("lost")
  stage.classList.toggle("lost", isLost)
  if (isLost) hint(words.lost)
  else if (wasLost) here() ? sayKnown() : hint(words.connecting)
}

function hint(sentence) {
  setText(stage.querySelector("[data-hint]"), sentence)
}

// The run that this one is drawn over.
function readRival() {
  const ghost = new Run()
  const draw = () => view.chart.draw("ghost", ghost.steps)
  const taken = (name, data) => {
    if (name === "steps") ghost.take(name, data)
  }
  new RunStream(eventsOf(rival), { take: taken, lost: () => {}, refused: () => {} }).read().then(draw)
}

addEventListener("pagehide", () => stream.close())
