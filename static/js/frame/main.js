// A page in a frame: its picture as large as the frame allows, played as its address says, kept within the frame. This runs
// before the page's own scripts, which know of no frame.

import "../away.js"
import { first, framed, isFramed, path, visit, whole } from "./address.js"
import { unrooted } from "../root.js"
import { Bar } from "./bar.js"
import { fit, wanted } from "./fit.js"
import { legible } from "./legible.js"
import { listen } from "./messages.js"
import { present } from "./present.js"

const root = document.documentElement
const { prefix, size, autoplay, loop, speed, pace, step, lock, deck } = root.dataset
const isEmbedded = prefix === "/embed"
const bar = new Bar()

if (size) root.style.setProperty("--size", size)

// What a page writes into the history is the frame's address. A frame leaves no entries in the history of its deck; where it
// may write nothing, its address stays as it was.
for (const name of ["pushState", "replaceState"]) {
  const write = history[isEmbedded ? "replaceState" : name].bind(history)
  history[name] = (state, title, address) => {
    try {
      write(state, title, address === undefined || address === null ? undefined : framed(address))
    } catch (error) {
      if (error.name !== "SecurityError") throw error
    }
    moved(address)
  }
}

// There is a way back to what the frame first showed, and a way on to the page of what it shows now.
function moved(address) {
  const now = address ?? location.href
  document.querySelector("[data-full]").href = whole(now)
  offerReset(now)
  document.dispatchEvent(new Event("frame-moved"))
}

const offerReset = (now) => (document.querySelector("[data-reset]").hidden = framed(now) === framed(first))
offerReset(location.href)

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-reset]")) location.replace(first)
  const link = event.target.closest("a[href]")
  if (!link || link.matches("[data-full]") || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return
  const url = new URL(link.getAttribute("href"), location.href)
  if (url.origin !== new URL(location.href).origin) return
  if ([path, prefix + path].includes(unrooted(url.pathname))) {
    event.preventDefault()
    visit(url.pathname + url.search)
  } else if (isEmbedded) link.setAttribute("target", "_blank") // no other page can be framed
})

// The same of what htmx asks for.
document.addEventListener("htmx:config:request", ({ detail: { ctx } }) => (ctx.request.action = framed(ctx.request.action)))

const main = () => document.querySelector("main")
function arrange() {
  fit(main())
  legible(main())
}

// What a page writes and draws anew as it plays is to be read too. Stages and boards see to their numbers themselves.
function watch() {
  if (main().querySelector("conv-stage, conv-board")) return
  let isAsked = false
  const look = () => {
    isAsked = false
    legible(main())
  }
  const changed = () => {
    if (!isAsked) requestAnimationFrame(look)
    isAsked = true
  }
  new MutationObserver(changed).observe(main(), { childList: true, subtree: true })
}
addEventListener("resize", arrange)
addEventListener("load", arrange)
document.addEventListener("htmx:after:swap", arrange)
document.fonts.ready.then(arrange)

if (lock?.split(",").includes("all")) {
  for (const part of document.querySelectorAll("[data-edits]")) part.inert = true
  for (const name of ["learn-edit"]) document.addEventListener(name, (event) => event.stopImmediatePropagation(), { capture: true })
}

bar.ready().then(() => {
  arrange()
  watch()
  if (speed) bar.hurry(Number(speed))
  if (pace) bar.shift(pace)
  if (step) bar.seek(Number(step))
  if (loop) bar.watch(() => !bar.playing && bar.step > 0 && bar.step === bar.last && bar.play())
  if (autoplay && !deck && !matchMedia("(prefers-reduced-motion: reduce)").matches) bar.play()
})

if (isFramed && !isEmbedded) present(bar)
if (window.parent !== window) listen({ bar, change, address: () => whole(location.href), wanted: () => wanted(main()) })

// The same page with other parameters: a stage takes them in as it stands.
function change(parameters) {
  const fields = new URLSearchParams(new URL(whole(location.href), location.href).search)
  for (const [name, value] of Object.entries(parameters)) fields.set(name, Array.isArray(value) ? JSON.stringify(value) : value)
  const address = `${path}?${fields}`
  const scene = document.getElementById("scene")
  if (!globalThis.htmx || !scene) visit(address)
  else globalThis.htmx.ajax("GET", framed(address), { source: "#scene", target: "#scene", select: "#scene", swap: "outerMorph" })
}
