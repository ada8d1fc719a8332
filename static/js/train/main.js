// The page of a run: it streams in, plays from checkpoint to checkpoint, and can be scrubbed, guessed about and opened.

import { root } from "../root.js"
import { Clock } from "../clock.js"
import { setText } from "../format.js"
import { field, withField } from "../live/address.js"
import { Player } from "../player.js"
import { Transport } from "../transport.js"
import { Choices, NAMES } from "./choices.js"
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
const { key, steps, rival, step: asked } = stage.dataset

// From checkpoint to checkpoint, in equal times: early on, where most happens, they are close together.
class Replay extends Player {
  get tempo() {
    return { at: () => ({ each: DURATION / Math.max(this.steps, 12), gear: "" }) }
  }
}

let run = new Run()
const behind = new Run() // the run that this one is drawn over
const view = new View(page)
const player = new Replay({ clock: new Clock(), change: moved })
const transport = new Transport({
  bar: () => stage.querySelector("[data-player]"),
  places: [stage],
  player,
  position: () => words.step(run.checkpoints[player.step]?.step ?? 0, steps),
  seek: (step) => go(step),
  toggle: () => toggle(),
  isGoing: () => player.playing || isFollowing(),
})
const guess = new Guess(stage, { begin: () => player.play({ from: 0 }), say: hint })
const weights = new Weights(stage, view.filters, { here: () => here(), channel: () => view.channel, scene, say: hint, pause })
new Wall(stage.querySelector(".wall"), { here: () => here(), say: (sentence) => !player.playing && hint(sentence) })
let follows = asked === undefined // whether the newest checkpoint is shown as it comes
let wanted = Number(asked ?? 0) // the step at which the run is shown first, once it is as far
let coming = null // the run as it is read again, for another digit or other filters
let isOpen = false
let isPaused = false // whether a run that is under way is watched no more, until one goes on
let drawing = 0

new Choices(page, { here: () => addressHere(), prepare: readAgain, taken: change })
if (!("ready" in stage.dataset)) hint(words.connecting)
let stream = read(run, eventsOf(key, chosenHere()))
if (rival) readRival()

function read(target, address, last) {
  const reading = new RunStream(address, { take: (...event) => take(target, ...event), lost, refused: hint, last })
  reading.read().then(() => target === run && ready())
  return reading
}

function take(target, name, data) {
  target.take(name, data)
  if (target === coming?.run && target.reaches(coming.step)) coming.isHere()
  if (target !== run) return
  if (name === "queue") sayPlace(data)
  if (name === "checkpoint") arrived()
  if (name === "steps") drawSoon()
}

// The stream of a run, of which these fields say what is seen of it.
function eventsOf(key, fields = []) {
  const address = key.replace("/train", "/train.events")
  return fields.length ? `${address}${address.includes("?") ? "&" : "?"}${fields.join("&")}` : address
}

// What is chosen of the run, as fields of an address.
function chosenHere() {
  return NAMES.filter((name) => stage.dataset[name]).map((name) => `${name}=${stage.dataset[name]}`)
}

const chosenIn = (address) => NAMES.filter((name) => field(address, name)).map((name) => `${name}=${field(address, name)}`)

// Another digit or other filters: the run is read again until it is as far as here, and shown then.
function readAgain(address) {
  if (here() && !isFollowing()) pause()
  coming?.stream.close()
  coming = { run: new Run(), step: here()?.step ?? wanted }
  coming.stream = read(coming.run, eventsOf(key, chosenIn(address)))
  return new Promise((isHere) => (coming.isHere = isHere))
}

function change(address) {
  for (const name of NAMES) stage.dataset[name] = field(address, name) ?? ""
  history.replaceState(history.state, "", address)
  view.renew()
  weights.renew(view.filters)
  stream.close()
  wanted = coming.step
  ;({ run, stream } = coming)
  coming = null
  if (isPaused) stream.close()
  arrived()
  if (run.isComplete) ready()
}

// The curves are long: they are drawn once for all that comes together.
function drawSoon() {
  drawing ||= requestAnimationFrame(() => {
    drawing = 0
    view.chart.draw("line", run.steps)
    if (isFollowing() || (isLive() && wanted)) showNewest()
  })
}

// Between checkpoints the curves alone go on.
function showNewest() {
  view.chart.seek(run.length)
  hint(words.training(run.length, steps))
}

function arrived() {
  page.classList.add("alive")
  if (!run.reaches(wanted)) return
  const opens = wanted > 0
  player.resize(run.checkpoints.length)
  if (isFollowing()) player.place(player.last, 1)
  else if (wanted) player.place(run.indexOf(wanted), 1)
  wanted = 0
  moved()
  if (opens && isLive()) sayKnown()
}

// While it trains, what comes is shown at once; a run that was there already opens at its beginning.
const isLive = () => !("ready" in stage.dataset) && !run.isComplete
const isFollowing = () => isLive() && follows && !player.playing

function ready() {
  view.chart.draw("line", run.steps)
  if (run.end === null) return
  if (wanted) arrived() // it has ended before the step that was asked for
  if (isOpen) return moved()
  isOpen = true
  saySets()
  const wasLive = page.classList.contains("watched")
  if (asked === undefined && !wasLive) player.place(isStill.matches && !("intro" in stage.dataset) ? player.last : 0, 1)
  moved()
  if ("intro" in stage.dataset) guess.ask()
  else if (player.step === player.last) conclude()
  else if (asked === undefined && !wasLive && !isStill.matches) player.play({ from: 0 })
  else sayKnown()
}

function moved() {
  if (!here()) return
  transport.show()
  view.show(run, player.step, player.phase, !player.playing || isStill.matches)
  view.showBehind(behind, here().step)
  weights.moved(player.playing)
  if (isLive()) page.classList.add("watched")
  if (player.playing) return
  if (isFollowing()) showNewest()
  stage.querySelector("[data-announce]").textContent = words.known(words.percent(here().held_out), here().step)
  if (run.isComplete && player.step === player.last && guess.isOver) conclude()
}

// The checkpoint that is shown: none before the run is as far as the step that was asked for.
const here = () => (wanted ? undefined : run.checkpoints[player.step])

function go(step) {
  if (!here()) return
  follows = step >= player.last && !isPaused
  guess.end()
  player.seek(step)
  remember()
  if (!follows && player.step < player.last) sayKnown()
}

const sayKnown = () => hint(words.known(words.percent(here().held_out), here().step))

function toggle() {
  if (!here()) return
  if (player.playing || isFollowing()) return pause()
  guess.end()
  follows = true
  if (isPaused) goOn()
  if (isLive() && player.step >= player.last) moved()
  else player.play()
}

// A run that is under way is watched no more: where nobody else watches it, the server puts it away, and computes nothing.
function pause() {
  guess.end()
  follows = false
  if (player.playing) player.pause()
  else moved()
  if (isLive()) {
    isPaused = true
    stream.close()
    hint(words.paused(run.length))
  }
  remember()
}

function goOn() {
  isPaused = false
  stream = read(run, eventsOf(key, chosenHere()), stream.last)
}

// The scene of a filter, or of its gradient, at the step that is shown.
function scene(of, filter, weight) {
  const fields = [key.split("?")[1], `step=${here().step}`, ...chosenHere(), `filter=${filter}`, `weight=${weight}`]
  return `${root}/train/scene/${of}?${fields.filter(Boolean).join("&")}`
}

// Where one has stopped is in the address, so that a scene leads back to it.
function remember() {
  if (here()) history.replaceState(history.state, "", addressHere())
}

function addressHere() {
  const address = `${location.pathname}${location.search}`
  return here() ? withField(address, "step", here().step) : address
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
  const { halves } = run.checkpoints.at(-1)
  const recent = accuracy.slice(-view.chart.over)
  const grouped = (count) => String(count).replace(/(\d)(?=(\d{3})+$)/g, "$1\u202f")
  const numbers = {
    training: grouped(stage.dataset.digits),
    known: words.percent(recent.reduce((sum, each) => sum + each, 0) / recent.length),
    held_out: grouped(1500),
    unseen: words.percent(held_out.at(-1)),
    first: words.percent(halves[0]),
    second: words.percent(halves[1]),
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
  if (isLost) return hint(words.lost)
  if (!wasLost) return
  if (isLive()) hint(words.back(here()?.step ?? 0))
  else if (here()) sayKnown()
  else hint(words.connecting)
}

function hint(sentence) {
  setText(stage.querySelector("[data-hint]"), sentence)
}

// The run that this one is drawn over.
function readRival() {
  const draw = () => {
    view.chart.draw("ghost", behind.steps)
    moved()
  }
  new RunStream(eventsOf(rival), { take: (...event) => behind.take(...event), lost: () => {}, refused: () => {} }).read().then(draw)
}

addEventListener("pagehide", () => stream.close())
